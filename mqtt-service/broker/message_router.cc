#include "mqtt-service/broker/message_router.h"

#include "absl/log/log.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/domain/utf8.h"
#include "mqtt-service/wire/mqtt_payload.h"

namespace chatwire::mqtt {
namespace {

constexpr absl::Duration kResponseLife = absl::Seconds(30);
constexpr size_t kMaximumTopicBytes = 256;
constexpr size_t kMaximumCorrelationBytes = 256;

/// Whether we may publish to @p topic because somebody asks us to: never to our own topics, where
/// our rights are greater than the asker's.
bool MayRespondTo(const std::string& topic, const std::string& base) {
  if (topic.empty() || topic.size() > kMaximumTopicBytes || !IsValidUtf8(topic)) return false;
  if (topic.find_first_of(std::string("+#\0", 3)) != std::string::npos) return false;
  if (topic.front() == '$') return false;
  return !absl::StartsWith(topic, base + "/") || absl::StartsWith(topic, base + "/response/");
}

/// What makes a message the same as an older one under the same packet identifier.
std::string ContentOf(const InboundMessage& message) {
  return absl::StrCat(message.topic.size(), ":", message.topic, message.correlation_data.size(),
                      ":", message.correlation_data, message.payload);
}

/// Error: the device of @p name says elsewhere what it is, and nobody else speaks for it.
absl::Status CheckNotBound(Transaction& transaction, const std::string& name) {
  const auto checkbox = transaction.checkboxes().Find(name);
  if (!checkbox.has_value() || !checkbox->device.bound()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "the checkbox has a device with topics of its own; only what comes there counts");
}

}  // namespace

MessageRouter::MessageRouter(Store& store, const CheckboxRules& checkbox_rules,
                             const ReportRules& report_rules, const Announcer& announcer,
                             const Clock& clock)
    : store_(store),
      checkbox_rules_(checkbox_rules),
      report_rules_(report_rules),
      announcer_(announcer),
      clock_(clock),
      device_router_(report_rules) {}

void MessageRouter::Handle(const InboundMessage& message) {
  if (!birth_topic_.empty() && message.topic == birth_topic_) return born_(message);
  const auto topic = announcer_.topics().Parse(message.topic);
  if (message.retained && topic.has_value() && topic->kind != TopicKind::kAvailability) {
    // It would be obeyed again after every reconnect: a lamp that turns on by itself.
    LOG(WARNING) << "MQTT: ignored a retained message on " << message.topic
                 << "; it must be published without the retain flag";
    return;
  }
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const bool identified = message.packet_id != 0;
    const std::string content = ContentOf(message);
    if (identified && message.redelivered &&
        transaction.deliveries().IsKnown(message.packet_id, content)) {
      return absl::OkStatus();
    }
    if (identified) transaction.deliveries().Note(message.packet_id, content);
    return Dispatch(transaction, topic, message);
  });
  if (!status.ok()) LOG(WARNING) << "MQTT: " << message.topic << ": " << status.message();
}

void MessageRouter::StartSession() {
  const absl::Status status = store_.Write([](Transaction& transaction) {
    transaction.deliveries().Clear();
    return absl::OkStatus();
  });
  if (!status.ok()) LOG(ERROR) << "MQTT: a new session: " << status.message();
}

absl::Status MessageRouter::Dispatch(Transaction& transaction,
                                     const std::optional<InboundTopic>& topic,
                                     const InboundMessage& message) {
  if (!topic.has_value()) return device_router_.Handle(transaction, message);
  const std::string& name = topic->checkbox;
  switch (topic->kind) {
    case TopicKind::kSet:
      return HandleSet(transaction, name, message);
    case TopicKind::kGet:
      return HandleGet(transaction, name, message);
    case TopicKind::kReport:
      return HandleReport(transaction, name, message);
    case TopicKind::kAvailability:
      return HandleAvailability(transaction, name, message);
  }
  return absl::OkStatus();
}

absl::Status MessageRouter::HandleSet(Transaction& transaction, const std::string& name,
                                      const InboundMessage& message) {
  const auto result = Set(transaction, name, message);
  // The refusal is an answer, and has to be committed as well as a change.
  Respond(transaction, message, SetResultPayload(result));
  if (!result.ok()) {
    LOG(WARNING) << "MQTT: " << message.topic << ": " << result.status().message();
  }
  return absl::OkStatus();
}

absl::StatusOr<Checkbox> MessageRouter::Set(Transaction& transaction, const std::string& name,
                                            const InboundMessage& message) {
  const auto payload = ParseSetPayload(message.payload);
  if (!payload.ok()) return payload.status();
  HandledRequest request;
  if (!message.correlation_data.empty()) {
    request.content = absl::StrCat(message.topic, " ", message.payload);
    request.id = DerivedUuid("chatwire-mqtt-set",
                             absl::StrCat(request.content, " ", message.correlation_data));
    request.time = clock_.Now();
    // The same request again: it was redelivered, and has taken effect already.
    if (transaction.requests().Find(request.id).has_value()) {
      return FindCheckbox(transaction, name);
    }
  }
  SetWish wish;
  wish.name = name;
  wish.action = payload->action;
  wish.expected_version = payload->expected_version;
  wish.source = payload->panel ? ChangeSource::kPanel : ChangeSource::kMqtt;
  wish.actor = payload->by;
  const auto outcome = checkbox_rules_.Set(transaction, wish);
  if (!outcome.ok()) return outcome.status();
  request.command_id = outcome->command_id;
  if (!request.id.empty()) transaction.requests().Add(request);
  return outcome->checkbox;
}

void MessageRouter::Respond(Transaction& transaction, const InboundMessage& message,
                            const std::string& payload) {
  if (message.response_topic.empty()) return;
  if (!MayRespondTo(message.response_topic, announcer_.topics().base()) ||
      message.correlation_data.size() > kMaximumCorrelationBytes) {
    LOG(WARNING) << "MQTT: " << message.topic << ": no answer is sent to that response topic";
    return;
  }
  announcer_.Respond(transaction, message.response_topic, message.correlation_data, payload,
                     clock_.Now() + kResponseLife);
}

/// For who cannot rely on retained messages, as with a broker that loses them.
absl::Status MessageRouter::HandleGet(Transaction& transaction, const std::string& name,
                                      const InboundMessage& message) {
  const auto checkbox = FindCheckbox(transaction, name);
  if (message.response_topic.empty()) {
    if (checkbox.ok()) announcer_.State(transaction, *checkbox);
    return checkbox.status();
  }
  const auto wanted = ParseGetPayload(message.payload);
  if (!checkbox.ok() || !wanted.ok()) {
    Respond(transaction, message,
            SetResultPayload(checkbox.ok() ? wanted.status() : checkbox.status()));
  } else if (wanted->history > 0) {
    Respond(transaction, message,
            HistoryPayload(name, transaction.checkboxes().History(name, kNewest, wanted->history)));
  } else {
    Respond(transaction, message, StatePayload(*checkbox));
  }
  return absl::OkStatus();
}

absl::Status MessageRouter::HandleReport(Transaction& transaction, const std::string& name,
                                         const InboundMessage& message) {
  const auto payload = ParseReportPayload(message.payload);
  if (!payload.ok()) return payload.status();
  const absl::Status own = CheckNotBound(transaction, name);
  if (!own.ok()) return own;
  DeviceReport report;
  report.checkbox = name;
  report.state = payload->state;
  report.command_id =
      payload->correlation_id.empty() ? message.correlation_data : payload->correlation_id;
  if (report_rules_.Report(transaction, report)) return absl::OkStatus();
  return absl::NotFoundError("a report for a checkbox that is not there");
}

absl::Status MessageRouter::HandleAvailability(Transaction& transaction, const std::string& name,
                                               const InboundMessage& message) {
  // Our own clearing of a deleted checkbox's topic.
  if (message.payload.empty()) return absl::OkStatus();
  const auto availability = ParseAvailability(message.payload);
  if (!availability.ok()) return availability.status();
  const absl::Status own = CheckNotBound(transaction, name);
  if (!own.ok()) return own;
  if (report_rules_.SetAvailability(transaction, name, *availability)) return absl::OkStatus();
  return absl::NotFoundError("availability of a checkbox that is not there");
}

}  // namespace chatwire::mqtt
