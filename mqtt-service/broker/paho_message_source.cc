#include "mqtt-service/broker/paho_message_source.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/uuid.h"
#include "mqtt-service/broker/paho_client.h"
#include "mqtt-service/broker/paho_message.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

/// Back-pressure: the broker sends no more than this ahead of our taking it.
constexpr int32_t kReceiveMaximum = 64;
constexpr size_t kIdCharacters = 8;

absl::Status BrokerLost(const std::string& words) {
  return MakeError(absl::StatusCode::kUnavailable, {kErrorDomain, "BROKER_LOST"},
                   absl::StrCat("the connection to the broker has ended: ", words));
}

std::string WordsOf(const ::mqtt::token& token) {
  return PahoWords(token.get_return_code(), token.get_reason_code(), token.get_error_message());
}

}  // namespace

PahoMessageSource::PahoMessageSource(BrokerOptions options)
    : options_(std::move(options)),
      connected_([this](const ::mqtt::token&) { Subscribe(); },
                 [this](const ::mqtt::token& token) { events_.ended(BrokerAway(WordsOf(token))); }),
      subscribed_([this](const ::mqtt::token& token) { Subscribed(token); },
                  [this](const ::mqtt::token& token) { Subscribed(token); }) {}

PahoMessageSource::~PahoMessageSource() { client_.reset(); }

void PahoMessageSource::Start(const std::vector<TopicFilter>& filters,
                              uint32_t subscription_identifier, Events events) {
  filters_ = filters;
  subscription_identifier_ = subscription_identifier;
  events_ = std::move(events);
  if (options_.version == MqttVersion::k311) {
    const absl::Status possible = CheckMqtt311(filters, subscription_identifier);
    if (!possible.ok()) return events_.ended(possible);
  }
  try {
    Connect();
  } catch (const std::exception& error) {
    events_.ended(BrokerAway(error.what()));
  }
}

void PahoMessageSource::Connect() {
  auto connect = MakeConnectOptions(options_, {absl::ZeroDuration(), kReceiveMaximum});
  if (!connect.ok()) return events_.ended(BrokerAway(std::string(connect.status().message())));
  client_ = MakePahoClient(
      options_, absl::StrCat(options_.client_id, "-", RandomUuid().substr(0, kIdCharacters)));
  client_->set_connection_lost_handler(
      [this](const std::string& cause) { events_.ended(BrokerLost(cause)); });
  client_->set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
    events_.ended(BrokerLost(::mqtt::to_string(reason)));
  });
  client_->set_message_callback([this](const ::mqtt::const_message_ptr& message) {
    events_.message(MessageFromPaho(*message));
  });
  client_->connect(connect->finalize(), nullptr, connected_);
}

void PahoMessageSource::Subscribe() {
  // Nothing may leave this function: below it is C.
  try {
    const auto names = std::make_shared<::mqtt::string_collection>();
    ::mqtt::iasync_client::qos_collection qos;
    std::vector<::mqtt::subscribe_options> options;
    for (const TopicFilter& filter : filters_) {
      names->push_back(filter.filter);
      qos.push_back(filter.max_qos);
      options.emplace_back(/*noLocal=*/false, filter.retain_as_published,
                           filter.send_retained
                               ? ::mqtt::subscribe_options::SEND_RETAINED_ON_SUBSCRIBE
                               : ::mqtt::subscribe_options::DONT_SEND_RETAINED);
    }
    ::mqtt::properties properties;
    if (subscription_identifier_ > 0) {
      properties.add(
          ::mqtt::property(::mqtt::property::SUBSCRIPTION_IDENTIFIER, subscription_identifier_));
    }
    if (filters_.size() == 1) {
      // Paho C looks at the options of a list only where it has more than one.
      client_->subscribe(filters_[0].filter, qos[0], nullptr, subscribed_, options[0], properties);
    } else {
      client_->subscribe(names, qos, nullptr, subscribed_, options, properties);
    }
  } catch (const std::exception& error) {
    events_.ended(BrokerLost(error.what()));
  }
}

void PahoMessageSource::Subscribed(const ::mqtt::token& token) {
  const auto codes = token.get_subscribe_response().get_reason_codes();
  std::vector<int> granted;
  for (size_t i = 0; i < codes.size() && i < filters_.size(); ++i) {
    if (IsRefusal(codes[i])) {
      return events_.ended(RefusalStatus(codes[i], {{"filter", filters_[i].filter}}));
    }
    granted.push_back(codes[i]);
  }
  if (granted.size() != filters_.size()) return events_.ended(BrokerLost(WordsOf(token)));
  events_.subscribed(std::move(granted));
}

}  // namespace chatwire::mqtt
