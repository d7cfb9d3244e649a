#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace chatwire::mqtt {

/// What an inbound topic is about.
enum class TopicKind { kSet, kGet, kReport, kAvailability };

/// An inbound topic, taken apart.
struct InboundTopic {
  TopicKind kind;
  std::string checkbox;
};

/// What to subscribe to.
struct InboundFilter {
  std::string filter;
  /// Whether messages keep the retain flag with which they were published (MQTT 5, 3.8.3.1), so
  /// that a retained one shows from the first moment. Else only its repetition at a later
  /// subscription shows.
  bool retain_as_published = false;
};

/// The topics under one base, such as `chatwire`.
///
/// The filters by which the service is told what to do match none of the topics that it publishes
/// to, so it cannot answer itself.
class Topics {
 public:
  explicit Topics(std::string base);

  const std::string& base() const { return base_; }
  std::string BridgeState() const;
  /// Empty QoS 0 messages that only wake Paho's send thread.
  std::string BridgeTick() const;
  /// Markers of the service to itself; see broker/echo_fence.h.
  std::string BridgeFence() const;
  /// Whether only the service itself publishes to @p topic: states, commands, and everything of the
  /// bridge and of the chat.
  bool IsReserved(const std::string& topic) const;
  std::string State(const std::string& checkbox) const;
  /// Where controllers say what they want.
  std::string Set(const std::string& checkbox) const;
  std::string Command(const std::string& checkbox) const;
  std::string DeviceAvailability(const std::string& checkbox) const;
  std::string ChatIn(const std::string& account) const;
  std::string ChatOut(const std::string& account) const;

  /// What to subscribe to. The filters do not overlap: no broker delivers a message twice.
  std::vector<InboundFilter> InboundFilters() const;

  /// What the service publishes and listens to itself, on a connection of its own.
  std::vector<InboundFilter> EchoFilters() const;

  /// Takes an inbound topic apart; nothing where it is none of ours, or names no possible checkbox.
  std::optional<InboundTopic> Parse(const std::string& topic) const;

 private:
  std::string base_;
};

/// Whether @p base can be a base topic: levels of printable ASCII without `+`, `#`, `$`, blanks; no
/// empty level; at most 128 bytes. Error: INVALID_ARGUMENT/BAD_BASE_TOPIC.
absl::Status CheckBaseTopic(const std::string& base);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_H_
