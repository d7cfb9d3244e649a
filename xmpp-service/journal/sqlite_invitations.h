#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_INVITATIONS_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_INVITATIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "xmpp-service/domain/invitation_store.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// Invitations in the journal's database.
class SqliteInvitations final : public InvitationStore {
 public:
  SqliteInvitations(JournalWriter& writer, JournalReader& reader)
      : writer_(writer), reader_(reader) {}

  void List(const std::string& account, const std::string& after, size_t limit,
            Completion<std::vector<RoomInvitation>> done) override;
  void Get(const std::string& account, const std::string& room,
           Completion<std::optional<RoomInvitation>> done) override;
  void Remove(const std::string& account, const std::string& room, Completion<bool> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_INVITATIONS_H_
