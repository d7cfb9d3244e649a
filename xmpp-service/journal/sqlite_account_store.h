#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ACCOUNT_STORE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ACCOUNT_STORE_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/account_store.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// Accounts and rosters in the journal's database.
class SqliteAccountStore final : public AccountStore {
 public:
  SqliteAccountStore(JournalWriter& writer, JournalReader& reader)
      : writer_(writer), reader_(reader) {}

  void ListAccounts(Completion<std::vector<StoredAccount>> done) override;
  void SaveAccount(StoredAccount account, Completion<bool> done) override;
  void RemoveAccount(const std::string& account, Completion<bool> done) override;
  void GetLoginPin(const std::string& account, Completion<std::string> done) override;
  void SetLoginPin(const std::string& account, const std::string& mechanism,
                   Completion<bool> done) override;
  void ListContacts(const std::string& account, Completion<std::vector<Contact>> done) override;
  void UpdateContacts(const std::string& account, std::vector<Contact> changed,
                      std::vector<std::string> removed, Completion<bool> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ACCOUNT_STORE_H_
