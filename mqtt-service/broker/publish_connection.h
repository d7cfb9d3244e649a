#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_CONNECTION_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_CONNECTION_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "mqtt-service/domain/outbox.h"

namespace chatwire::mqtt {

/// What became of a publish.
enum class PublishResult {
  /// The broker has it.
  kAcknowledged,
  /// The broker will never take it; what it says is in the text.
  kRefused,
  /// It must be published again on another connection.
  kLost,
};

/// The connection that publishes, as PublishLoop sees it. Faked in tests.
class PublishConnection {
 public:
  /// Called on threads of the MQTT library. Must not block and must not call the connection.
  struct Events {
    std::function<void(int64_t id, PublishResult result, std::string text)> done;
    std::function<void(std::string reason)> lost;
  };

  virtual ~PublishConnection() = default;

  virtual void SetEvents(Events events) = 0;

  /// Connects anew. Blocks until that has worked or failed.
  virtual absl::Status Open() = 0;

  /// Hands @p message over; `done` tells what became of it. An error means that the connection is
  /// of no use any more, and nothing more is said of this message.
  virtual absl::Status Publish(const OutboxMessage& message, absl::Time now) = 0;

  /// Wakes the library's send thread.
  virtual void Tick() = 0;

  /// Says that the service is gone and disconnects, within about a second.
  virtual void SayGoodbye() = 0;

  /// Frees the connection. No event comes after it has returned.
  virtual void Close() = 0;

  /// Makes Open return. Called from another thread.
  virtual void Interrupt() = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_CONNECTION_H_
