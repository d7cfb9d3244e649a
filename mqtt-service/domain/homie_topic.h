#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_HOMIE_TOPIC_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_HOMIE_TOPIC_H_

#include <optional>
#include <string>

#include "absl/status/status.h"

namespace chatwire::mqtt {

/// The topics of the Homie convention, version 5 (homieiot.github.io), under which checkboxes are
/// shown. The service is a root device, and each checkbox a child device of it with the one node
/// `checkbox` and the one property `state`.
///
/// An id there has only a-z, 0-9 and `-`. So `chatwire-desk-lamp` is the checkbox `desk-lamp` under
/// the base topic `chatwire`, and what does not fit is written with two hyphens: `--u` is `_`,
/// `--m` a hyphen that would stand before another or in a base topic, `--xHH` another byte of the
/// base topic, `--s` the hyphen between base and name before a `-` or `_`. Each id means one
/// checkbox of one base topic, and no id of another base.
class HomieTopics {
 public:
  /// @p domain is the first level, usually `homie`; @p base is our own base topic.
  HomieTopics(const std::string& domain, const std::string& base);

  /// Id of the root device.
  const std::string& root_id() const { return root_id_; }
  std::string RootDevice() const { return prefix_ + root_id_; }
  /// Id of the device of a checkbox.
  std::string IdOf(const std::string& checkbox) const;
  std::string Device(const std::string& checkbox) const { return prefix_ + IdOf(checkbox); }
  /// What to subscribe to. Matches other devices, too.
  std::string SetFilter() const { return prefix_ + "+" + kSet; }
  /// The checkbox that a topic sets; nothing where it is not ours.
  std::optional<std::string> ParseSet(const std::string& topic) const;

 private:
  static constexpr char kSet[] = "/checkbox/state/set";

  std::string prefix_;
  std::string root_id_;
};

/// Attributes and the property below a device's topic.
namespace homie {
inline std::string State(const std::string& device) { return device + "/$state"; }
inline std::string Description(const std::string& device) { return device + "/$description"; }
inline std::string Value(const std::string& device) { return device + "/checkbox/state"; }
inline std::string Target(const std::string& device) { return device + "/checkbox/state/$target"; }
}  // namespace homie

/// Whether @p domain can be the first level: one level of printable ASCII without `+`, `#`, `$`,
/// blanks, and not the first of @p base, whose messages would be taken for devices. Error:
/// INVALID_ARGUMENT with what to write.
absl::Status CheckHomieDomain(const std::string& domain, const std::string& base);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_HOMIE_TOPIC_H_
