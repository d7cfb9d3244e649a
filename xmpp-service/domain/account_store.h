#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_STORE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// An account as it is kept over restarts.
struct StoredAccount {
  /// Bare JID.
  std::string account;
  std::string resource;
  /// By PasswordVault.
  std::string sealed_password;
  /// The password that the server was asked to change to, until it is known which one it has; the
  /// same way. Empty: none.
  std::string sealed_next_password;
  /// The server was asked to delete the account, until it is known whether it has.
  bool deleting = false;
  absl::Time create_time;
  /// What it shows whenever it is online.
  Presence presence;
};

/// The accounts that are logged in here, and their rosters as last seen. Thread-safe; completions
/// as in EventLog.
class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual void ListAccounts(Completion<std::vector<StoredAccount>> done) = 0;
  /// Adds or replaces.
  virtual void SaveAccount(StoredAccount account, Completion<bool> done) = 0;
  /// Forgets the account, its roster, and the messages that wait; events stay.
  virtual void RemoveAccount(const std::string& account, Completion<bool> done) = 0;

  /// The strongest SASL mechanism with which the account has signed in. Empty: none is known.
  virtual void GetLoginPin(const std::string& account, Completion<std::string> done) = 0;
  virtual void SetLoginPin(const std::string& account, const std::string& mechanism,
                           Completion<bool> done) = 0;

  /// Resources are not kept.
  virtual void ListContacts(const std::string& account, Completion<std::vector<Contact>> done) = 0;
  /// Adds or replaces @p changed and removes @p removed (bare JIDs), with one ContactChanged event
  /// each.
  virtual void UpdateContacts(const std::string& account, std::vector<Contact> changed,
                              std::vector<std::string> removed, Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_STORE_H_
