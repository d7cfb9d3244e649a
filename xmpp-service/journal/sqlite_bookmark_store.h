#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_BOOKMARK_STORE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_BOOKMARK_STORE_H_

#include <string>

#include "xmpp-service/domain/bookmark_store.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// What accounts do about their bookmarks, in the journal's database.
class SqliteBookmarkStore final : public BookmarkStore {
 public:
  explicit SqliteBookmarkStore(JournalWriter& writer) : writer_(writer) {}

  void Load(const std::string& account, Completion<BookmarkPlan> done) override;
  void Save(const std::string& account, BookmarkPlan plan, Completion<bool> done) override;

 private:
  JournalWriter& writer_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_BOOKMARK_STORE_H_
