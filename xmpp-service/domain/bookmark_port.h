#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_PORT_H_

#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/bookmark.h"

namespace chatwire::xmpp {

/// Hears of changes of the bookmarks, by whichever client. On the session's executor.
class BookmarkListener {
 public:
  virtual ~BookmarkListener() = default;

  virtual void OnBookmarkSet(SecretBookmark bookmark) = 0;
  virtual void OnBookmarkRemoved(const std::string& room) = 0;
  virtual void OnBookmarksCleared() = 0;
};

/// The account's bookmarks on its server, over one session; as RoomPort. Errors:
/// FAILED_PRECONDITION/BOOKMARKS_UNSUPPORTED, besides those of domain/stanza_status.h.
class BookmarkPort {
 public:
  virtual ~BookmarkPort() = default;

  /// Null: nobody listens any more.
  virtual void SetListener(BookmarkListener* listener) = 0;

  /// Ordered by room, each room once.
  virtual void List(Completion<std::vector<SecretBookmark>> done) = 0;
  /// What other clients keep with the bookmark stays (XEP-0402, "Data Schema").
  virtual void Set(BookmarkWish wish, Completion<bool> done) = 0;
  virtual void Remove(const std::string& room, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_PORT_H_
