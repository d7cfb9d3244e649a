#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_STORE_H_

#include <map>
#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// What an account does about its bookmarks.
struct BookmarkPlan {
  /// Enters and leaves rooms as the bookmarks say.
  bool autojoin = false;
  /// Rooms bookmarked with `autojoin` that have been dealt with. True: by entering, so that the
  /// room goes with its bookmark; false: the account had been there by itself.
  std::map<std::string, bool> rooms;
};

/// The plans of the accounts, kept over restarts. Thread-safe; completions as in EventLog.
class BookmarkStore {
 public:
  virtual ~BookmarkStore() = default;

  virtual void Load(const std::string& account, Completion<BookmarkPlan> done) = 0;
  virtual void Save(const std::string& account, BookmarkPlan plan, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_STORE_H_
