#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_H_

#include <cstddef>
#include <optional>
#include <string>

namespace chatwire::xmpp {

/// Most bookmarks of an account that are looked at.
inline constexpr size_t kMaximumBookmarks = 1000;
/// Of a name or a password.
inline constexpr size_t kMaximumBookmarkTextBytes = 1024;

/// A room that an account wants to find again (XEP-0402).
struct Bookmark {
  /// Bare JID.
  std::string room;
  std::string name;
  std::string nick;
  bool autojoin = false;
  bool has_password = false;

  bool operator==(const Bookmark&) const = default;
};

/// A bookmark as it is kept on the server. The password goes no further than to the room.
struct SecretBookmark {
  Bookmark bookmark;
  std::string password;
};

/// How a bookmark is to be from now on.
struct BookmarkWish {
  /// `has_password` means nothing here.
  Bookmark bookmark;
  /// Not set: the one that is there stays. Empty: none.
  std::optional<std::string> password;
};

/// A client of the account has set or removed a bookmark.
struct BookmarkChanged {
  Bookmark bookmark;
  bool removed = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_H_
