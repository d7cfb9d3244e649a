#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_OUTBOX_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_OUTBOX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// One MQTT message that is owed to the broker.
struct OutboxMessage {
  /// Set by the outbox; grows.
  int64_t id = 0;
  /// Messages of one key are published one after the other, in order.
  std::string ordering_key;
  /// Only the newest such message of its key and topic matters: it takes the place of older ones.
  bool coalesce = false;
  std::string topic;
  std::string payload;
  bool retain = false;
  int qos = 1;
  /// MQTT 5 correlation data. Empty: none.
  std::string correlation_data;
  /// Not published at or after this time, and then with what is left as MQTT 5 message expiry.
  absl::Time expire_time = absl::InfiniteFuture();
  /// The command that it carries. Empty: none.
  std::string command_id;
};

/// Messages owed to the broker. See Transaction for errors.
class Outbox {
 public:
  virtual ~Outbox() = default;

  virtual void Add(const OutboxMessage& message) = 0;

  /// The messages after @p id in order, at most @p limit.
  virtual std::vector<OutboxMessage> After(int64_t id, int64_t limit) = 0;

  /// Takes one out: it was acknowledged, refused or has expired.
  virtual void Remove(int64_t id) = 0;

  /// Takes out the messages that carry the command @p command_id.
  virtual void RemoveCommand(const std::string& command_id) = 0;

  /// How many messages carry commands.
  virtual int64_t CommandCount() = 0;

  virtual int64_t Count() = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_OUTBOX_H_
