#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_STORE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/subscription.h"

namespace chatwire::xmpp {

/// Who has asked to see an account's presence and waits for an answer. Thread-safe; completions as
/// in EventLog. Goes with the account.
class SubscriptionStore {
 public:
  /// Most that are kept for one account.
  static constexpr size_t kMaximumRequests = 1000;

  virtual ~SubscriptionStore() = default;

  /// Keeps a request, with a SubscriptionRequested event. False, and nothing happens: it is there
  /// already, or there are too many.
  virtual void Add(const std::string& account, SubscriptionRequest request,
                   Completion<bool> done) = 0;

  /// Forgets the request of @p jid. Whether there was one.
  virtual void Remove(const std::string& account, const std::string& jid,
                      Completion<bool> done) = 0;

  /// The same, with a SubscriptionChanged event if there was one.
  virtual void Withdraw(const std::string& account, SubscriptionChanged change,
                        Completion<bool> done) = 0;

  /// At most @p limit with a JID above @p after, in order of JID.
  virtual void List(const std::string& account, const std::string& after, size_t limit,
                    Completion<std::vector<SubscriptionRequest>> done) = 0;

  /// Whether @p jid waits.
  virtual void Contains(const std::string& account, const std::string& jid,
                        Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_STORE_H_
