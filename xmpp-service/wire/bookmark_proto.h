#ifndef CHATWIRE_XMPP_SERVICE_WIRE_BOOKMARK_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_BOOKMARK_PROTO_H_

#include "chatwire/xmpp/v1/bookmark_event.pb.h"
#include "xmpp-service/domain/bookmark.h"

namespace chatwire::xmpp {

v1::Bookmark ToProto(const Bookmark& bookmark);
v1::BookmarkChanged ToProto(const BookmarkChanged& changed);
Bookmark ToDomain(const v1::Bookmark& bookmark);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_BOOKMARK_PROTO_H_
