#include "mqtt-service/broker/paho_publisher.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "absl/time/clock.h"
#include "mqtt-service/broker/paho_client.h"

namespace chatwire::mqtt {
namespace {

constexpr int kQos = 1;

/// Paho hands back a pointer with each result; ours is the message's id.
void* ToContext(int64_t id) { return reinterpret_cast<void*>(static_cast<intptr_t>(id)); }

int64_t IdOf(const ::mqtt::token& token) {
  return static_cast<int64_t>(reinterpret_cast<intptr_t>(token.get_user_context()));
}

/// Whether the broker would say the same again. The others pass with time.
bool IsFinal(int reason_code) {
  return reason_code >= 0x80 && reason_code != ::mqtt::ReasonCode::SERVER_UNAVAILABLE &&
         reason_code != ::mqtt::ReasonCode::SERVER_BUSY &&
         reason_code != ::mqtt::ReasonCode::SERVER_SHUTTING_DOWN &&
         reason_code != ::mqtt::ReasonCode::RECEIVE_MAXIMUM_EXCEEDED &&
         reason_code != ::mqtt::ReasonCode::MESSAGE_RATE_TOO_HIGH &&
         reason_code != ::mqtt::ReasonCode::QUOTA_EXCEEDED;
}

::mqtt::message_ptr ToPaho(const OutboxMessage& message, absl::Time now) {
  ::mqtt::properties properties;
  if (!message.correlation_data.empty()) {
    properties.add(::mqtt::property(::mqtt::property::CORRELATION_DATA, message.correlation_data));
  }
  if (message.expire_time != absl::InfiniteFuture()) {
    const int64_t seconds =
        absl::ToInt64Seconds(absl::Ceil(message.expire_time - now, absl::Seconds(1)));
    properties.add(::mqtt::property(::mqtt::property::MESSAGE_EXPIRY_INTERVAL,
                                    static_cast<int32_t>(std::max<int64_t>(1, seconds))));
  }
  return ::mqtt::message::create(message.topic, message.payload, message.qos, message.retain,
                                 properties);
}

}  // namespace

PahoPublisher::PahoPublisher(BrokerOptions options, Topics topics)
    : options_(std::move(options)), topics_(std::move(topics)) {}

PahoPublisher::~PahoPublisher() { Close(); }

void PahoPublisher::SetEvents(Events events) { events_ = std::move(events); }

absl::Status PahoPublisher::Open() {
  auto connect = MakeConnectOptions(options_, {});
  if (!connect.ok()) return connect.status();
  // The retained flag is given: will_options' own default is wrong in Paho C++ 1.5.
  connect->will(::mqtt::message(topics_.BridgeState(), "offline", kQos, /*retained=*/true));
  try {
    client_ = MakePahoClient(options_, options_.client_id + "-pub");
    client_->set_connection_lost_handler([this](const std::string& cause) { events_.lost(cause); });
    client_->set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
      events_.lost("the broker says: " + ::mqtt::to_string(reason));
    });
    return WaitFor(client_->connect(connect->finalize()), options_.connect_timeout, interrupted_);
  } catch (const std::exception& error) {
    return absl::UnavailableError(error.what());
  }
}

absl::Status PahoPublisher::Publish(const OutboxMessage& message, absl::Time now) {
  try {
    client_->publish(ToPaho(message, now), ToContext(message.id), *this);
  } catch (const std::exception& error) {
    return absl::UnavailableError(error.what());
  }
  return absl::OkStatus();
}

void PahoPublisher::Tick() {
  try {
    client_->publish(topics_.BridgeTick(), "", 0, /*qos=*/0, /*retained=*/false);
  } catch (const std::exception& error) {
    // The connection is down; its own event says so.
    LOG(INFO) << "MQTT publisher: no tick: " << error.what();
  }
}

void PahoPublisher::SayGoodbye() {
  if (client_ == nullptr) return;
  mqtt::SayGoodbye(*client_, topics_.BridgeState(), "offline", topics_.BridgeTick());
}

void PahoPublisher::Close() {
  // Destroying the client ends all of its callbacks.
  client_.reset();
}

void PahoPublisher::Interrupt() { interrupted_ = true; }

void PahoPublisher::on_success(const ::mqtt::token& token) {
  events_.done(IdOf(token), PublishResult::kAcknowledged, "");
}

void PahoPublisher::on_failure(const ::mqtt::token& token) {
  const int reason = token.get_reason_code();
  events_.done(IdOf(token), IsFinal(reason) ? PublishResult::kRefused : PublishResult::kLost,
               PahoWords(token.get_return_code(), reason, token.get_error_message()));
}

}  // namespace chatwire::mqtt
