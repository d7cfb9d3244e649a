#include "mqtt-service/broker/paho_message.h"

#include <mqtt/async_client.h>

#include "absl/strings/str_cat.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

using Property = ::mqtt::property;

void AddText(::mqtt::properties& properties, Property::code code, const std::string& text) {
  if (!text.empty()) properties.add(Property(code, text));
}

absl::Status Mqtt5Needed(const std::string& what) {
  return MakeError(absl::StatusCode::kFailedPrecondition, {kErrorDomain, "MQTT_5_NEEDED"},
                   absl::StrCat(what,
                                " needs MQTT 5, and the service speaks 3.1.1 with this broker "
                                "(--broker_protocol)"));
}

template <typename T>
T Get(const ::mqtt::properties& properties, Property::code code) {
  return properties.contains(code) ? ::mqtt::get<T>(properties, code) : T();
}

}  // namespace

::mqtt::message_ptr MessageToPaho(const MqttMessage& message) {
  ::mqtt::properties properties;
  if (message.payload_is_text) properties.add(Property(Property::PAYLOAD_FORMAT_INDICATOR, 1));
  if (message.expiry_seconds > 0) {
    properties.add(Property(Property::MESSAGE_EXPIRY_INTERVAL, message.expiry_seconds));
  }
  AddText(properties, Property::CONTENT_TYPE, message.content_type);
  AddText(properties, Property::RESPONSE_TOPIC, message.response_topic);
  AddText(properties, Property::CORRELATION_DATA, message.correlation_data);
  for (const auto& [name, value] : message.user_properties) {
    properties.add(Property(Property::USER_PROPERTY, name, value));
  }
  return ::mqtt::message::create(message.topic, message.payload, message.qos, message.retain,
                                 properties);
}

MqttMessage MessageFromPaho(const ::mqtt::message& message) {
  const ::mqtt::properties& properties = message.get_properties();
  MqttMessage received;
  received.topic = message.get_topic();
  received.payload = message.get_payload();
  received.qos = message.get_qos();
  received.retain = message.is_retained();
  received.redelivered = message.is_duplicate();
  received.payload_is_text = Get<uint8_t>(properties, Property::PAYLOAD_FORMAT_INDICATOR) == 1;
  received.expiry_seconds = Get<uint32_t>(properties, Property::MESSAGE_EXPIRY_INTERVAL);
  received.content_type = Get<std::string>(properties, Property::CONTENT_TYPE);
  received.response_topic = Get<std::string>(properties, Property::RESPONSE_TOPIC);
  received.correlation_data = Get<std::string>(properties, Property::CORRELATION_DATA);
  for (size_t i = 0; i < properties.count(Property::USER_PROPERTY); ++i) {
    const auto [name, value] =
        ::mqtt::get<::mqtt::string_pair>(properties, Property::USER_PROPERTY, i);
    received.user_properties.emplace_back(name, value);
  }
  for (size_t i = 0; i < properties.count(Property::SUBSCRIPTION_IDENTIFIER); ++i) {
    received.subscription_identifiers.push_back(
        ::mqtt::get<uint32_t>(properties, Property::SUBSCRIPTION_IDENTIFIER, i));
  }
  return received;
}

absl::Status CheckMqtt311(const MqttMessage& message) {
  const bool plain = !message.payload_is_text && message.expiry_seconds == 0 &&
                     message.content_type.empty() && message.response_topic.empty() &&
                     message.correlation_data.empty() && message.user_properties.empty();
  return plain ? absl::OkStatus() : Mqtt5Needed("a message with properties");
}

absl::Status CheckMqtt311(const std::vector<TopicFilter>& filters,
                          uint32_t subscription_identifier) {
  if (subscription_identifier > 0) return Mqtt5Needed("a subscription identifier");
  for (const TopicFilter& filter : filters) {
    if (filter.retain_as_published) return Mqtt5Needed("`retain_as_published`");
    if (!filter.send_retained) return Mqtt5Needed("RETAIN_HANDLING_DO_NOT_SEND");
  }
  return absl::OkStatus();
}

bool IsRefusal(int reason_code) { return reason_code >= 0x80; }

absl::Status RefusalStatus(int reason_code, ErrorMetadata metadata) {
  const std::string words = ::mqtt::exception::reason_code_str(reason_code);
  metadata["reason_code"] = absl::StrCat(reason_code);
  metadata["reason_string"] = words;
  if (reason_code == ::mqtt::ReasonCode::NOT_AUTHORIZED) {
    return MakeError(absl::StatusCode::kPermissionDenied, {kErrorDomain, "MQTT_NOT_AUTHORIZED"},
                     "the broker's access rules do not allow this service to do that", metadata);
  }
  return MakeError(absl::StatusCode::kFailedPrecondition, {kErrorDomain, "MQTT_REFUSED"},
                   absl::StrCat("the broker refuses: ", words), metadata);
}

absl::Status BrokerAway(const std::string& words) {
  return MakeError(absl::StatusCode::kUnavailable, {kErrorDomain, "BROKER_AWAY"}, words);
}

}  // namespace chatwire::mqtt
