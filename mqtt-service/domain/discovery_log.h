#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DISCOVERY_LOG_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DISCOVERY_LOG_H_

#include <string>
#include <vector>

namespace chatwire::mqtt {

/// One discovery message that Home Assistant was sent.
struct ToldDevice {
  /// Its retained topic.
  std::string topic;
  /// Of the payload.
  std::string digest;
  /// Names of the checkboxes in it, sorted. None: it is a device of Homie.
  std::vector<std::string> names;
};

/// Remembers what Home Assistant was told, over restarts: what is gone must be taken back. See
/// Transaction for errors.
class DiscoveryLog {
 public:
  virtual ~DiscoveryLog() = default;

  /// By topic.
  virtual std::vector<ToldDevice> All() = 0;
  /// Adds it, or takes the place of the one with its topic.
  virtual void Put(const ToldDevice& device) = 0;
  virtual void Remove(const std::string& topic) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DISCOVERY_LOG_H_
