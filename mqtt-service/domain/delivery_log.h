#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DELIVERY_LOG_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DELIVERY_LOG_H_

#include <string>

namespace chatwire::mqtt {

/// What came in last under each MQTT packet identifier of the broker's session with us.
///
/// A message that was committed, but not acknowledged when the process died, comes again under its
/// old identifier (MQTT 5, 4.4). A report or a TOGGLE without correlation data has nothing else by
/// which it could be known again. See Transaction for errors.
class DeliveryLog {
 public:
  virtual ~DeliveryLog() = default;

  /// Whether @p content was the last to come under @p packet_id.
  virtual bool IsKnown(int packet_id, const std::string& content) = 0;
  /// Notes that @p content has come under @p packet_id.
  virtual void Note(int packet_id, const std::string& content) = 0;
  /// The broker has begun a new session: its identifiers start again.
  virtual void Clear() = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DELIVERY_LOG_H_
