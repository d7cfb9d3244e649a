#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_INBOX_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_INBOX_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "common/clock.h"
#include "xmpp-service/domain/contact_list.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/subscription_store.h"

namespace chatwire::xmpp {

/// Decides what of an account's stanzas about subscriptions is news, and keeps requests until they
/// are answered. Lives on the account's executor.
class SubscriptionInbox {
 public:
  using Journal = std::function<void(EventPayload)>;

  SubscriptionInbox(std::string account, const ContactList& contacts, SubscriptionStore& store,
                    const Clock& clock, Executor& executor, Journal journal);

  void OnStanza(const IncomingSubscription& in);

  /// The entries of @p changed are new. Who may see the account does not wait any more: another of
  /// its clients has answered.
  void OnContacts(const std::vector<Contact>& changed);

 private:
  void Keep(const IncomingSubscription& in);

  /// Anybody can send requests, faster than a disk takes them. The server repeats at the next login
  /// what is not kept.
  static constexpr size_t kMaximumInFlight = 100;

  const std::string account_;
  const ContactList& contacts_;
  SubscriptionStore& store_;
  const Clock& clock_;
  const Journal journal_;
  size_t in_flight_ = 0;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_INBOX_H_
