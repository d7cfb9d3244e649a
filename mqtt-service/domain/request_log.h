#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REQUEST_LOG_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REQUEST_LOG_H_

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// A request that had an effect, kept so that its repetition has none.
struct HandledRequest {
  /// The client's request id, or the correlation data of an MQTT request with a prefix.
  std::string id;
  /// What was asked for, whole: another content under the same id is an error.
  std::string content;
  /// Id of the command that it made. Empty: none.
  std::string command_id;
  absl::Time time;
};

/// Requests of the last day. See Transaction for errors.
class RequestLog {
 public:
  virtual ~RequestLog() = default;

  virtual std::optional<HandledRequest> Find(const std::string& id) = 0;
  virtual void Add(const HandledRequest& request) = 0;
  /// Forgets those from before @p time.
  virtual void Purge(absl::Time time) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REQUEST_LOG_H_
