#ifndef CHATWIRE_MQTT_SERVICE_BROKER_BROKER_OPTIONS_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_BROKER_OPTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace chatwire::mqtt {

/// The protocol that is spoken. 3.1.1 has no properties: no expiry at the broker, no correlation
/// data, no reasons for what is refused.
enum class MqttVersion { k5, k311 };

/// Where the broker is and who we are there.
struct BrokerOptions {
  /// In Paho's form: `tcp://host:port`, `ssl://...`, `ws://...`, `wss://...`.
  std::string uri;
  std::string username;
  /// Read again before each connect, so that a rotated password is taken up. Empty: none.
  std::string password_file;
  /// PEM file with the authorities to trust. Empty: those of the system.
  std::string ca_file;
  /// PEM files with our certificate chain and its key, for brokers that ask for one. Read again
  /// before each connect. Both or none.
  std::string certificate_file;
  std::string key_file;
  MqttVersion version = MqttVersion::k5;
  /// The first part of both client ids. The same after a restart, so that the broker keeps the
  /// session.
  std::string client_id;
  absl::Duration connect_timeout = absl::Seconds(5);
};

/// What Paho calls @p url: takes `mqtt://`, `mqtts://`, `ws://`, `wss://`, `tcp://`, `ssl://`.
/// Error: INVALID_ARGUMENT/BAD_BROKER for another scheme, a missing host, or a user name or
/// password in it, which logs and `ps` would show.
absl::StatusOr<std::string> PahoUri(const std::string& url);

/// Takes "5" and "3.1.1". Error: INVALID_ARGUMENT/BAD_BROKER.
absl::StatusOr<MqttVersion> ParseMqttVersion(const std::string& text);

/// Whether the files of TLS are there and fit the address. Error: INVALID_ARGUMENT/BAD_BROKER.
absl::Status CheckBrokerTls(const BrokerOptions& options);

/// Whether @p options ask for TLS.
bool UsesTls(const BrokerOptions& options);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_BROKER_OPTIONS_H_
