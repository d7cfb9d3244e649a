#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// What an entity is (XEP-0030).
struct Identity {
  std::string category;
  std::string type;
  std::string name;
  std::string language;
};

/// What an entity is and can do (XEP-0030, XEP-0128).
struct EntityInfo {
  static constexpr size_t kMaximumIdentities = 50;
  static constexpr size_t kMaximumFeatures = 500;
  static constexpr size_t kMaximumForms = 20;

  std::vector<Identity> identities;
  /// Sorted, each once.
  std::vector<std::string> features;
  std::vector<DataForm> forms;

  bool HasFeature(const std::string& feature) const;
  /// An empty @p type: any of the category.
  bool IsA(const std::string& category, const std::string& type = "") const;
};

/// Something that an entity has.
struct DiscoveryItem {
  std::string jid;
  std::string node;
  std::string name;
};

/// Where in a list of items a page begins. Either may be unset: the first page.
struct ItemsPosition {
  /// What the entity called the last item of the page before (XEP-0059).
  std::string after;
  /// How many items to leave out, of an entity that knows no pages.
  size_t skip = 0;
};

struct ItemsPage {
  std::vector<DiscoveryItem> items;
  /// Where the next page begins. Not set: there is none.
  std::optional<ItemsPosition> next;
};

/// How an online resource describes itself in its presence (XEP-0115).
struct Capabilities {
  std::string node;
  /// Base64.
  std::string hash;
};

/// A resource with which somebody is online.
struct OnlineResource {
  std::string resource;
  Presence presence;
  Capabilities capabilities;
};

/// A resource with what it says it can do.
struct DescribedResource {
  OnlineResource online;
  absl::StatusOr<EntityInfo> info = EntityInfo{};
};

/// Which software an entity runs (XEP-0092).
struct SoftwareVersion {
  static constexpr size_t kMaximumTextBytes = 1024;

  std::string name;
  std::string version;
  std::string operating_system;
};

/// For how long an entity has been idle, offline or up (XEP-0012).
struct LastActivity {
  absl::Duration duration;
  std::string status;
};

/// An entity's clock (XEP-0202).
struct EntityTime {
  absl::Time time;
  absl::Duration utc_offset;
};

/// That an entity was reached (XEP-0199).
struct Pong {
  absl::Duration round_trip_time;
  /// The error with which it answered. Mostly empty.
  std::string condition;
};

/// Whether an answer with the error @p condition shows that @p jid itself was reached, and not only
/// a server on the way. What is asked of the own server (@p domain) is answered by it. Anything
/// else may also come from a server that does not know the way, or in place of a client that is not
/// there (RFC 6121, section 8.5.3.2.3), except for one condition.
bool ShowsPresenceOf(const std::string& jid, const std::string& domain,
                     const std::string& condition);

/// A user who was found (XEP-0055).
struct FoundUser {
  std::string jid;
  std::map<std::string, std::string> fields;
};

struct FoundUsers {
  static constexpr size_t kMaximumUsers = 200;

  std::vector<FoundUser> users;
  bool truncated = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_H_
