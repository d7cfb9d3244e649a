#include "xmpp-service/wire/bookmark_proto.h"

namespace chatwire::xmpp {

v1::Bookmark ToProto(const Bookmark& bookmark) {
  v1::Bookmark proto;
  proto.set_room(bookmark.room);
  proto.set_name(bookmark.name);
  proto.set_nick(bookmark.nick);
  proto.set_autojoin(bookmark.autojoin);
  proto.set_has_password(bookmark.has_password);
  return proto;
}

v1::BookmarkChanged ToProto(const BookmarkChanged& changed) {
  v1::BookmarkChanged proto;
  *proto.mutable_bookmark() = ToProto(changed.bookmark);
  proto.set_removed(changed.removed);
  return proto;
}

Bookmark ToDomain(const v1::Bookmark& bookmark) {
  return {bookmark.room(), bookmark.name(), bookmark.nick(), bookmark.autojoin(),
          bookmark.has_password()};
}

}  // namespace chatwire::xmpp
