#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_DIRECTED_PRESENCE_STORE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_DIRECTED_PRESENCE_STORE_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/directed_presence_store.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// Presences for single addresses in the journal's database.
class SqliteDirectedPresenceStore final : public DirectedPresenceStore {
 public:
  SqliteDirectedPresenceStore(JournalWriter& writer, JournalReader& reader)
      : writer_(writer), reader_(reader) {}

  void Put(const std::string& account, DirectedPresence directed, Completion<bool> done) override;
  void Remove(const std::string& account, const std::string& to, Completion<bool> done) override;
  void List(const std::string& account, const std::string& after, size_t limit,
            Completion<std::vector<DirectedPresence>> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_DIRECTED_PRESENCE_STORE_H_
