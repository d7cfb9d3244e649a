#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_EDITOR_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_EDITOR_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/account_agent.h"
#include "xmpp-service/domain/subscription_store.h"

namespace chatwire::xmpp {

/// What AddContact asks for, checked.
struct NewContact {
  std::string jid;
  std::string name;
  /// Sorted, each once.
  std::vector<std::string> groups;
  bool request_subscription = false;
  std::string message;
};

/// What UpdateContact asks for, checked.
struct ContactUpdate {
  std::string jid;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> groups;
};

/// Changes the roster and the subscriptions of an account: what the calls of RosterService do. The
/// errors are those of the calls. Thread-safe.
class RosterEditor {
 public:
  using Agent = std::shared_ptr<AccountAgent>;

  explicit RosterEditor(SubscriptionStore& requests) : requests_(requests) {}

  void Add(const Agent& agent, const NewContact& wanted, Completion<Contact> done);
  void Update(const Agent& agent, ContactUpdate update, Completion<Contact> done);
  void Remove(const Agent& agent, const std::string& jid, bool allow_missing,
              Completion<bool> done);

  void RequestSubscription(const Agent& agent, const std::string& jid, const std::string& message,
                           Completion<bool> done);
  void Accept(const Agent& agent, const std::string& jid, bool reciprocate, Completion<bool> done);
  void Deny(const Agent& agent, const std::string& jid, Completion<bool> done);
  /// @p stanza: kUnsubscribe, or kUnsubscribed.
  void Cancel(const Agent& agent, const std::string& jid, SubscriptionStanza stanza,
              Completion<bool> done);

 private:
  /// Sends @p stanza to somebody whose request waits, then forgets the request.
  void AnswerRequest(const Agent& agent, const std::string& jid, SubscriptionStanza stanza,
                     bool reciprocate, Completion<bool> done);

  SubscriptionStore& requests_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_EDITOR_H_
