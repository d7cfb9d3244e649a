#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_CLIENT_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_CLIENT_H_

#include <mqtt/async_client.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/broker/broker_options.h"

namespace chatwire::mqtt {

/// A Paho client without its persistence, its buffer and its own reconnect: all three lose messages
/// (reference: Paho 1.3.14). A fresh one is made for each connection.
std::unique_ptr<::mqtt::async_client> MakePahoClient(const BrokerOptions& options,
                                                     const std::string& client_id);

/// What the broker keeps for a connection.
struct SessionTerms {
  /// So long after the connection's end; nothing at all when zero. MQTT 3.1.1 knows only nothing
  /// and as long as the broker likes.
  absl::Duration expiry;
  /// Back-pressure: the broker sends no more than this ahead of our acknowledgements. 0: its own
  /// limit, as with MQTT 3.1.1.
  int32_t receive_maximum = 0;
};

/// Connect options with what all connections share: credentials, TLS with the host name checked,
/// keep-alive. Errors: those of ReadSecretFile.
absl::StatusOr<::mqtt::connect_options_builder> MakeConnectOptions(const BrokerOptions& options,
                                                                   const SessionTerms& terms);

/// Waits for @p token, at most @p timeout or until @p interrupted. Never on a thread of Paho.
absl::Status WaitFor(const ::mqtt::token_ptr& token, absl::Duration timeout,
                     const std::atomic<bool>& interrupted);

/// The last words of a connection that ends as it should: publishes @p words on @p topic, retained,
/// and disconnects, whereupon the broker forgets the will. @p tick wakes Paho's send thread, which
/// may miss its wake-up. Waits a moment for each; never on a thread of Paho.
void SayGoodbye(::mqtt::async_client& client, const std::string& topic, const std::string& words,
                const std::string& tick);

/// What Paho and the broker say, as words for a person.
std::string PahoWords(int return_code, int reason_code, const std::string& message);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_CLIENT_H_
