#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// What a presence stanza can do to a subscription (RFC 6121, section 3).
enum class SubscriptionStanza { kSubscribe, kSubscribed, kUnsubscribe, kUnsubscribed };

/// Most bytes of what somebody writes with it, and of the name that they give themselves.
inline constexpr size_t kMaximumSubscriptionTextBytes = 1024;
inline constexpr size_t kMaximumNicknameBytes = 256;

/// A stanza about a subscription that came in. The texts are somebody else's.
struct IncomingSubscription {
  SubscriptionStanza stanza = SubscriptionStanza::kSubscribe;
  /// Bare JID of somebody else.
  std::string from;
  std::string message;
  std::string nickname;
};

/// Somebody asks to see the account's presence.
struct SubscriptionRequest {
  /// Bare JID.
  std::string jid;
  std::string message;
  std::string nickname;
  absl::Time request_time;
};

/// What somebody has done to a subscription. The numbers are those of the API.
enum class SubscriptionChange { kAccepted = 1, kRefused = 2, kGivenUp = 3 };

/// Event: somebody asks, for the first time since they were answered.
struct SubscriptionRequested {
  SubscriptionRequest request;
};

/// Event: a contact, or somebody who had asked, has changed a subscription.
struct SubscriptionChanged {
  std::string jid;
  SubscriptionChange change = SubscriptionChange::kAccepted;
  std::string message;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SUBSCRIPTION_H_
