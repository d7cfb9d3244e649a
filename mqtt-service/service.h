#ifndef CHATWIRE_MQTT_SERVICE_SERVICE_H_
#define CHATWIRE_MQTT_SERVICE_SERVICE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/config.h"

namespace chatwire::mqtt {

/// The whole service in one object: builds the parts, connects them, stops them in the right order.
/// main and the component tests use it.
class MqttService {
 public:
  /// Starts everything. A broker or an xmpp-service that is away is no error: health and status say
  /// so, and the service goes on trying.
  ///
  /// Errors: FAILED_PRECONDITION/STATE_DIR_UNWRITABLE, STATE_DIR_IN_USE, PORT_IN_USE, TLS_REQUIRED,
  /// BAD_TLS_FILE, or with words about the database; INVALID_ARGUMENT/BAD_ADDRESS.
  static absl::StatusOr<std::unique_ptr<MqttService>> Start(const Config& config);

  /// Stops everything; returns when it has.
  ~MqttService();

  /// Where it listens, with the real port.
  const std::string& address() const;

  /// Where the admin token is.
  const std::string& admin_token_file() const;

 private:
  struct Parts;

  explicit MqttService(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_SERVICE_H_
