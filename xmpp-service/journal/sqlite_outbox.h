#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_OUTBOX_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_OUTBOX_H_

#include <map>
#include <string>
#include <vector>

#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// The outbox in the journal's database, so that a message and its event are one transaction.
class SqliteOutbox final : public Outbox {
 public:
  SqliteOutbox(JournalWriter& writer, JournalReader& reader) : writer_(writer), reader_(reader) {}

  void Accept(NewMessage message, Completion<AcceptedMessage> done) override;
  void ListPending(const std::string& account, int64_t after_row, int limit,
                   Completion<std::vector<OutgoingMessage>> done) override;
  void Acknowledge(const std::string& account, const std::string& message_id,
                   Completion<bool> done) override;
  void Fail(const std::string& account, const std::string& message_id, const std::string& from,
            StanzaError error, Completion<bool> done) override;
  void CountPending(Completion<std::map<std::string, int64_t>> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_OUTBOX_H_
