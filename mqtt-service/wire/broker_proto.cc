#include "mqtt-service/wire/broker_proto.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/topic_syntax.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumPayloadBytes = 256 * 1024;
constexpr size_t kMaximumNameBytes = 1024;
constexpr size_t kMaximumValueBytes = 4096;
constexpr int kMostUserProperties = 64;
constexpr int kMostFilters = 100;
constexpr uint32_t kLargestIdentifier = 268'435'455;

absl::Status Bad(const char* reason, const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, reason}, message);
}

absl::Status BadProperty(const std::string& message) { return Bad("BAD_PROPERTY", message); }

/// What MQTT calls a UTF-8 string.
bool IsText(const std::string& text, size_t most_bytes) {
  return text.size() <= most_bytes && text.find('\0') == std::string::npos && IsValidUtf8(text);
}

absl::Status CheckTopics(const v1::MqttMessage& proto) {
  if (!IsTopicName(proto.topic())) {
    return Bad("BAD_TOPIC",
               "`topic` must be 1 to 1,024 bytes of UTF-8 without the wildcards + and #");
  }
  if (!proto.response_topic().empty() && !IsTopicName(proto.response_topic())) {
    return Bad("BAD_TOPIC",
               "`response_topic` must be up to 1,024 bytes of UTF-8 without the wildcards + and #");
  }
  return absl::OkStatus();
}

absl::Status CheckPayload(const v1::MqttMessage& proto) {
  if (proto.payload().size() > kMaximumPayloadBytes) {
    return Bad("BAD_PAYLOAD", "`payload` must be at most 256 KiB");
  }
  if (proto.payload_is_text() && !IsValidUtf8(proto.payload())) {
    return Bad("BAD_PAYLOAD", "`payload_is_text` is set, but `payload` is not UTF-8");
  }
  return absl::OkStatus();
}

absl::Status CheckProperties(const v1::MqttMessage& proto) {
  if (!IsText(proto.content_type(), kMaximumNameBytes)) {
    return BadProperty("`content_type` must be up to 1,024 bytes of UTF-8");
  }
  if (proto.correlation_data().size() > kMaximumValueBytes) {
    return BadProperty("`correlation_data` must be up to 4,096 bytes");
  }
  if (proto.user_properties_size() > kMostUserProperties) {
    return BadProperty(absl::StrCat("at most ", kMostUserProperties, " `user_properties`"));
  }
  for (const v1::UserProperty& property : proto.user_properties()) {
    if (!IsText(property.name(), kMaximumNameBytes) ||
        !IsText(property.value(), kMaximumValueBytes)) {
      return BadProperty(
          "`user_properties` must be UTF-8, names up to 1,024 bytes and values up "
          "to 4,096 bytes");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> ExpiryFromProto(const v1::MqttMessage& proto) {
  if (!proto.has_message_expiry()) return 0;
  const int64_t seconds = proto.message_expiry().seconds();
  const bool good = proto.message_expiry().nanos() == 0 && seconds > 0 &&
                    seconds <= std::numeric_limits<uint32_t>::max();
  if (!good) return BadProperty("`message_expiry` must be whole seconds, 1 s to 4,294,967,295 s");
  return static_cast<uint32_t>(seconds);
}

absl::StatusOr<TopicFilter> FilterFromProto(const v1::TopicFilter& proto) {
  if (!IsTopicFilter(proto.filter())) {
    return Bad("BAD_FILTER",
               "`filter` must be 1 to 1,024 bytes of UTF-8 in which + fills a level, "
               "and # the last one");
  }
  const auto qos = QosFromProto(proto.max_qos());
  if (!qos.ok()) return qos.status();
  TopicFilter filter;
  filter.filter = proto.filter();
  filter.max_qos = *qos;
  filter.retain_as_published = proto.retain_as_published();
  filter.send_retained = proto.retain_handling() != v1::RETAIN_HANDLING_DO_NOT_SEND;
  return filter;
}

}  // namespace

absl::StatusOr<MqttMessage> FromProto(const v1::MqttMessage& proto) {
  absl::Status status = CheckTopics(proto);
  if (status.ok()) status = CheckPayload(proto);
  if (status.ok()) status = CheckProperties(proto);
  if (!status.ok()) return status;
  const auto qos = QosFromProto(proto.qos());
  if (!qos.ok()) return qos.status();
  const auto expiry = ExpiryFromProto(proto);
  if (!expiry.ok()) return expiry.status();
  MqttMessage message;
  message.topic = proto.topic();
  message.payload = proto.payload();
  message.qos = *qos;
  message.retain = proto.retain();
  message.payload_is_text = proto.payload_is_text();
  message.expiry_seconds = *expiry;
  message.content_type = proto.content_type();
  message.response_topic = proto.response_topic();
  message.correlation_data = proto.correlation_data();
  for (const v1::UserProperty& property : proto.user_properties()) {
    message.user_properties.emplace_back(property.name(), property.value());
  }
  return message;
}

v1::MqttMessage ToProto(const MqttMessage& message) {
  v1::MqttMessage proto;
  proto.set_topic(message.topic);
  proto.set_payload(message.payload);
  proto.set_qos(QosToProto(message.qos));
  proto.set_retain(message.retain);
  proto.set_payload_is_text(message.payload_is_text);
  if (message.expiry_seconds > 0) {
    proto.mutable_message_expiry()->set_seconds(message.expiry_seconds);
  }
  proto.set_content_type(message.content_type);
  proto.set_response_topic(message.response_topic);
  proto.set_correlation_data(message.correlation_data);
  for (const auto& [name, value] : message.user_properties) {
    v1::UserProperty& property = *proto.add_user_properties();
    property.set_name(name);
    property.set_value(value);
  }
  for (const uint32_t id : message.subscription_identifiers) proto.add_subscription_identifiers(id);
  proto.set_redelivered(message.redelivered);
  return proto;
}

absl::StatusOr<std::vector<TopicFilter>> FiltersFromProto(const v1::SubscribeRequest& request) {
  if (request.filters().empty() || request.filters_size() > kMostFilters) {
    return Bad("BAD_FILTER", absl::StrCat("`filters` must hold 1 to ", kMostFilters, " filters"));
  }
  if (request.subscription_identifier() > kLargestIdentifier) {
    return BadProperty(
        absl::StrCat("`subscription_identifier` must be up to ", kLargestIdentifier));
  }
  std::vector<TopicFilter> filters;
  for (const v1::TopicFilter& proto : request.filters()) {
    auto filter = FilterFromProto(proto);
    if (!filter.ok()) return filter.status();
    filters.push_back(*std::move(filter));
  }
  return filters;
}

absl::StatusOr<int> QosFromProto(v1::QualityOfService qos) {
  switch (qos) {
    case v1::QUALITY_OF_SERVICE_AT_MOST_ONCE:
      return 0;
    case v1::QUALITY_OF_SERVICE_UNSPECIFIED:
    case v1::QUALITY_OF_SERVICE_AT_LEAST_ONCE:
      return 1;
    case v1::QUALITY_OF_SERVICE_EXACTLY_ONCE:
      return 2;
    default:
      return Bad("BAD_QOS",
                 "the quality of service must be QUALITY_OF_SERVICE_AT_MOST_ONCE, "
                 "_AT_LEAST_ONCE or _EXACTLY_ONCE");
  }
}

v1::QualityOfService QosToProto(int qos) {
  switch (qos) {
    case 0:
      return v1::QUALITY_OF_SERVICE_AT_MOST_ONCE;
    case 1:
      return v1::QUALITY_OF_SERVICE_AT_LEAST_ONCE;
    case 2:
      return v1::QUALITY_OF_SERVICE_EXACTLY_ONCE;
    default:
      return v1::QUALITY_OF_SERVICE_UNSPECIFIED;
  }
}

}  // namespace chatwire::mqtt
