#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_HISTORY_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_HISTORY_H_

#include "xmpp-service/domain/history.h"
#include "xmpp-service/journal/journal_reader.h"

namespace chatwire::xmpp {

/// The history in SQLite: what EventTable has put into the table `history`.
class SqliteHistory final : public History {
 public:
  /// @p reader outlives it, but for what it still runs: end that first.
  explicit SqliteHistory(JournalReader& reader) : reader_(reader) {}

  void List(HistoryQuery query, Completion<HistoryPage> done) override;

 private:
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_HISTORY_H_
