#include "xmpp-service/journal/sqlite_account_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "xmpp-service/journal/presence_columns.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<bool> Save(sqlite::Database& database, const StoredAccount& account) {
  auto insert = database.Prepare(
      absl::StrCat("INSERT OR REPLACE INTO account(account, resource, sealed_password, create_time,"
                   " sealed_next_password, deleting, ",
                   kPresenceColumns, ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  if (!insert.ok()) return insert.status();
  insert->BindText(1, account.account)
      .BindText(2, account.resource)
      .BindBlob(3, account.sealed_password)
      .BindTime(4, account.create_time)
      .BindBlob(5, account.sealed_next_password)
      .BindInt(6, account.deleting ? 1 : 0);
  BindPresence(*insert, 7, account.presence);
  const absl::Status status = insert->Run();
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<bool> Remove(sqlite::Database& database, const std::string& account) {
  // The archive mark goes too: a later login starts with what is new then.
  for (const char* sql :
       {"DELETE FROM account WHERE account = ?", "DELETE FROM contact WHERE account = ?",
        "DELETE FROM outgoing WHERE account = ? AND stage = 1",
        "DELETE FROM archive_mark WHERE account = ?", "DELETE FROM login_pin WHERE account = ?",
        "DELETE FROM subscription_request WHERE account = ?",
        "DELETE FROM directed_presence WHERE account = ?",
        "DELETE FROM joined_room WHERE account = ?", "DELETE FROM room_place WHERE account = ?",
        "DELETE FROM invitation WHERE account = ?", "DELETE FROM bookmark_policy WHERE account = ?",
        "DELETE FROM bookmark_room WHERE account = ?", "DELETE FROM room_message WHERE account = ?",
        "DELETE FROM room_outgoing WHERE account = ? AND stage = 1"}) {
    auto remove = database.Prepare(sql);
    if (!remove.ok()) return remove.status();
    const absl::Status status = remove->BindText(1, account).Run();
    if (!status.ok()) return status;
  }
  return true;
}

absl::Status PutContact(JournalWriter::Tables& tables, const std::string& account,
                        const Contact& contact) {
  auto insert = tables.database.Prepare(
      "INSERT OR REPLACE INTO contact(account, jid, name, groups, subscription, requested)"
      " VALUES(?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  absl::Status status = insert->BindText(1, account)
                            .BindText(2, contact.jid)
                            .BindText(3, contact.name)
                            .BindText(4, absl::StrJoin(contact.groups, "\n"))
                            .BindInt(5, static_cast<int>(contact.subscription))
                            .BindInt(6, contact.subscription_requested ? 1 : 0)
                            .Run();
  status.Update(tables.events.Append(account, ContactChanged{contact, false}).status());
  return status;
}

absl::Status RemoveContact(JournalWriter::Tables& tables, const std::string& account,
                           const std::string& jid) {
  auto remove = tables.database.Prepare("DELETE FROM contact WHERE account = ? AND jid = ?");
  if (!remove.ok()) return remove.status();
  absl::Status status = remove->BindText(1, account).BindText(2, jid).Run();
  Contact gone;
  gone.jid = jid;
  status.Update(tables.events.Append(account, ContactChanged{gone, true}).status());
  return status;
}

absl::StatusOr<std::vector<StoredAccount>> ReadAccounts(sqlite::Database& database) {
  auto select =
      database.Prepare(absl::StrCat("SELECT account, resource, sealed_password, create_time,"
                                    " sealed_next_password, deleting, ",
                                    kPresenceColumns, " FROM account ORDER BY account"));
  if (!select.ok()) return select.status();
  std::vector<StoredAccount> accounts;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return accounts;
    StoredAccount account;
    account.account = select->Text(0);
    account.resource = select->Text(1);
    account.sealed_password = select->Blob(2);
    account.create_time = select->Time(3);
    account.sealed_next_password = select->Blob(4);
    account.deleting = select->Int(5) != 0;
    account.presence = PresenceAt(*select, 6);
    accounts.push_back(std::move(account));
  }
}

absl::StatusOr<std::vector<Contact>> ReadContacts(sqlite::Database& database,
                                                  const std::string& account) {
  auto select = database.Prepare(
      "SELECT jid, name, groups, subscription, requested FROM contact WHERE account = ?"
      " ORDER BY jid");
  if (!select.ok()) return select.status();
  select->BindText(1, account);
  std::vector<Contact> contacts;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return contacts;
    Contact contact;
    contact.jid = select->Text(0);
    contact.name = select->Text(1);
    contact.groups = absl::StrSplit(select->Text(2), '\n', absl::SkipEmpty());
    contact.subscription = static_cast<Subscription>(select->Int(3));
    contact.subscription_requested = select->Int(4) != 0;
    contacts.push_back(std::move(contact));
  }
}

}  // namespace

void SqliteAccountStore::ListAccounts(Completion<std::vector<StoredAccount>> done) {
  reader_.Submit<std::vector<StoredAccount>>(ReadAccounts, std::move(done));
}

void SqliteAccountStore::SaveAccount(StoredAccount account, Completion<bool> done) {
  writer_.Submit<bool>(
      [account = std::move(account)](JournalWriter::Tables& tables) {
        return Save(tables.database, account);
      },
      std::move(done));
}

void SqliteAccountStore::RemoveAccount(const std::string& account, Completion<bool> done) {
  writer_.Submit<bool>(
      [account](JournalWriter::Tables& tables) { return Remove(tables.database, account); },
      std::move(done));
}

void SqliteAccountStore::GetLoginPin(const std::string& account, Completion<std::string> done) {
  reader_.Submit<std::string>(
      [account](sqlite::Database& database) -> absl::StatusOr<std::string> {
        auto select = database.Prepare("SELECT mechanism FROM login_pin WHERE account = ?");
        if (!select.ok()) return select.status();
        select->BindText(1, account);
        const auto row = select->Step();
        if (!row.ok()) return row.status();
        return *row ? select->Text(0) : std::string();
      },
      std::move(done));
}

void SqliteAccountStore::SetLoginPin(const std::string& account, const std::string& mechanism,
                                     Completion<bool> done) {
  writer_.Submit<bool>(
      [account, mechanism](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        auto insert = tables.database.Prepare(
            "INSERT OR REPLACE INTO login_pin(account, mechanism) VALUES(?, ?)");
        if (!insert.ok()) return insert.status();
        const absl::Status stored = insert->BindText(1, account).BindText(2, mechanism).Run();
        if (!stored.ok()) return stored;
        return true;
      },
      std::move(done));
}

void SqliteAccountStore::ListContacts(const std::string& account,
                                      Completion<std::vector<Contact>> done) {
  reader_.Submit<std::vector<Contact>>(
      [account](sqlite::Database& database) { return ReadContacts(database, account); },
      std::move(done));
}

void SqliteAccountStore::UpdateContacts(const std::string& account, std::vector<Contact> changed,
                                        std::vector<std::string> removed, Completion<bool> done) {
  writer_.Submit<bool>(
      [account, changed = std::move(changed),
       removed = std::move(removed)](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        absl::Status status;
        for (const Contact& contact : changed) status.Update(PutContact(tables, account, contact));
        for (const std::string& jid : removed) status.Update(RemoveContact(tables, account, jid));
        if (!status.ok()) return status;
        return true;
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
