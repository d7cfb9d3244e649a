#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// How available somebody is (RFC 6121, section 4.7.2.1). The numbers are stored: never change
/// them.
enum class Availability {
  kOnline = 1,
  kChat = 2,
  kAway = 3,
  kExtendedAway = 4,
  kDoNotDisturb = 5,
  kOffline = 6,
};

/// Most bytes of a status text.
inline constexpr size_t kMaximumStatusBytes = 1024;

/// Availability with its text.
struct Presence {
  Availability availability = Availability::kOnline;
  /// Up to kMaximumStatusBytes of UTF-8.
  std::string status;
  /// -128 to 127.
  int priority = 0;
  /// Since when nobody has touched the client (XEP-0319).
  std::optional<absl::Time> idle_since = std::nullopt;

  bool operator==(const Presence&) const = default;
};

/// A presence that is shown to one address (RFC 6121, section 4.6).
struct DirectedPresence {
  /// Bare or full JID.
  std::string to;
  Presence presence;
};

/// What one resource of a contact shows.
struct ResourcePresence {
  std::string resource;
  Presence presence;
};

/// Who sees whose presence, from the account's side. The numbers are stored: never change them.
enum class Subscription { kNone = 1, kTo = 2, kFrom = 3, kBoth = 4 };

/// One roster entry (RFC 6121, section 2).
struct Contact {
  /// Bare JID.
  std::string jid;
  std::string name;
  /// Sorted.
  std::vector<std::string> groups;
  Subscription subscription = Subscription::kNone;
  /// The account has asked for a subscription and waits for the answer.
  bool subscription_requested = false;
  /// Online resources, highest priority first. Not stored.
  std::vector<ResourcePresence> resources;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_
