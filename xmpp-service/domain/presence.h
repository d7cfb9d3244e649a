#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_

#include <string>
#include <vector>

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
  /// Online resources, highest priority first. Not stored.
  std::vector<ResourcePresence> resources;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_PRESENCE_H_
