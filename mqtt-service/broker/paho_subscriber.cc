#include "mqtt-service/broker/paho_subscriber.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "mqtt-service/broker/paho_client.h"

namespace chatwire::mqtt {
namespace {

constexpr int kQos = 1;
constexpr absl::Duration kSessionExpiry = absl::Hours(24);
/// Back-pressure: the broker sends no more than this ahead of our commits.
constexpr int32_t kReceiveMaximum = 32;
constexpr size_t kTopicsAPacket = 100;

std::string TextProperty(const ::mqtt::properties& properties, ::mqtt::property::code code) {
  return properties.contains(code) ? ::mqtt::get<std::string>(properties, code) : std::string();
}

InboundMessage FromPaho(const ::mqtt::message& message) {
  InboundMessage inbound;
  inbound.topic = message.get_topic();
  inbound.payload = message.get_payload();
  inbound.retained = message.is_retained();
  inbound.redelivered = message.is_duplicate();
  inbound.packet_id = message.c_struct().msgid;
  const ::mqtt::properties& properties = message.get_properties();
  inbound.response_topic = TextProperty(properties, ::mqtt::property::RESPONSE_TOPIC);
  inbound.correlation_data = TextProperty(properties, ::mqtt::property::CORRELATION_DATA);
  return inbound;
}

}  // namespace

PahoSubscriber::PahoSubscriber(BrokerOptions options, std::string role,
                               std::vector<InboundFilter> filters,
                               std::optional<DeviceSubscriptions> devices, Handler handler,
                               std::function<void()> on_new_session, SubscriberSession session)
    : options_(std::move(options)),
      role_(std::move(role)),
      filters_(std::move(filters)),
      devices_(std::move(devices)),
      handler_(std::move(handler)),
      on_new_session_(std::move(on_new_session)),
      session_(std::move(session)) {}

PahoSubscriber::~PahoSubscriber() { Close(); }

absl::Status PahoSubscriber::Open() {
  {
    MutexLock lock(mutex_);
    lost_.clear();
    // What changes from here on is done once more.
    devices_changed_ = false;
  }
  if (devices_.has_value()) devices_->Begin();
  const absl::Duration expiry = session_.lasting ? kSessionExpiry : absl::ZeroDuration();
  auto connect = MakeConnectOptions(options_, {expiry, kReceiveMaximum});
  if (!connect.ok()) return connect.status();
  if (!session_.will_topic.empty()) {
    connect->will(::mqtt::message(session_.will_topic, session_.lost, kQos, /*retained=*/true));
  }
  try {
    client_ = MakePahoClient(options_, absl::StrCat(options_.client_id, "-", role_));
    client_->set_connection_lost_handler([this](const std::string& cause) { Lost(cause); });
    client_->set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
      Lost("the broker says: " + ::mqtt::to_string(reason));
    });
    client_->set_message_callback(
        [this](const ::mqtt::const_message_ptr& message) { Receive(message); });
    const auto token = client_->connect(connect->finalize());
    absl::Status connected = WaitFor(token, options_.connect_timeout, interrupted_);
    if (!connected.ok()) return connected;
    // Nothing can have come before the subscription.
    if (!token->get_connect_response().is_session_present()) on_new_session_();
    absl::Status subscribed = Subscribe();
    if (subscribed.ok()) subscribed = SettleDevices();
    if (subscribed.ok()) SetOpen(true);
    return subscribed;
  } catch (const std::exception& error) {
    return absl::UnavailableError(error.what());
  }
}

absl::Status PahoSubscriber::Subscribe() {
  if (session_.many_retained.empty() || options_.version != MqttVersion::k5) {
    return Subscribe(filters_, kQos, /*have_many=*/false);
  }
  // The second subscription takes the first one's place (MQTT 5, 3.8.4) and repeats nothing; on one
  // connection nothing can come between them.
  const absl::Status retained = Subscribe({{session_.many_retained}}, /*qos=*/0, false);
  return retained.ok() ? Subscribe(filters_, kQos, /*have_many=*/true) : retained;
}

absl::Status PahoSubscriber::Subscribe(const std::vector<InboundFilter>& filters, int qos,
                                       bool have_many) {
  const auto names = std::make_shared<::mqtt::string_collection>();
  std::vector<::mqtt::subscribe_options> options;
  for (const InboundFilter& filter : filters) {
    names->push_back(filter.filter);
    options.emplace_back(/*noLocal=*/true, filter.retain_as_published,
                         have_many && filter.filter == session_.many_retained
                             ? ::mqtt::subscribe_options::DONT_SEND_RETAINED
                             : ::mqtt::subscribe_options::SEND_RETAINED_ON_SUBSCRIBE);
  }
  // Paho C looks at the options of a list only where it has more than one.
  const auto token =
      filters.size() == 1
          ? client_->subscribe(filters[0].filter, qos, options[0])
          : client_->subscribe(names, ::mqtt::iasync_client::qos_collection(filters.size(), qos),
                               options);
  const absl::Status answered = WaitFor(token, options_.connect_timeout, interrupted_);
  if (!answered.ok()) return answered;
  const auto codes = token->get_subscribe_response().get_reason_codes();
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] < 0x80) continue;
    return absl::PermissionDeniedError(absl::StrCat("the broker refuses the subscription to ",
                                                    filters[i].filter, ": ",
                                                    ::mqtt::to_string(codes[i])));
  }
  return absl::OkStatus();
}

absl::Status PahoSubscriber::SettleDevices() {
  if (!devices_.has_value()) return absl::OkStatus();
  const auto changes = devices_->Pending();
  if (!changes.ok()) return changes.status();
  absl::Status told = UnsubscribeDevices(changes->unsubscribe);
  if (told.ok()) told = SubscribeDevices(changes->subscribe);
  return told.ok() ? devices_->Done(*changes) : told;
}

absl::Status PahoSubscriber::SubscribeDevices(const std::vector<DeviceSubscription>& topics) {
  for (size_t begin = 0; begin < topics.size(); begin += kTopicsAPacket) {
    const size_t end = std::min(topics.size(), begin + kTopicsAPacket);
    const auto filters = std::make_shared<::mqtt::string_collection>();
    ::mqtt::iasync_client::qos_collection qualities;
    for (size_t i = begin; i < end; ++i) {
      filters->push_back(topics[i].topic);
      qualities.push_back(topics[i].qos);
    }
    const auto token =
        client_->subscribe(filters, qualities, std::vector<::mqtt::subscribe_options>(end - begin));
    const absl::Status answered = WaitFor(token, options_.connect_timeout, interrupted_);
    if (!answered.ok()) return answered;
    const auto codes = token->get_subscribe_response().get_reason_codes();
    for (size_t i = 0; i < codes.size() && begin + i < end; ++i) {
      if (codes[i] < 0x80) continue;
      // One device that nobody may listen to keeps no other from being heard.
      LOG(ERROR) << "MQTT: the broker refuses the subscription to " << topics[begin + i].topic
                 << ", a topic of a device: " << ::mqtt::to_string(codes[i])
                 << ". Check the broker's access rules.";
    }
  }
  return absl::OkStatus();
}

absl::Status PahoSubscriber::UnsubscribeDevices(const std::vector<std::string>& topics) {
  for (size_t begin = 0; begin < topics.size(); begin += kTopicsAPacket) {
    const size_t end = std::min(topics.size(), begin + kTopicsAPacket);
    const auto filters = std::make_shared<::mqtt::string_collection>();
    for (size_t i = begin; i < end; ++i) {
      const bool fixed =
          std::any_of(filters_.begin(), filters_.end(),
                      [&](const InboundFilter& filter) { return filter.filter == topics[i]; });
      if (!fixed) filters->push_back(topics[i]);
    }
    if (filters->empty()) continue;
    const absl::Status answered =
        WaitFor(client_->unsubscribe(filters), options_.connect_timeout, interrupted_);
    if (!answered.ok()) return answered;
  }
  return absl::OkStatus();
}

absl::Status PahoSubscriber::Serve() {
  while (true) {
    {
      MutexLock lock(mutex_);
      changed_.wait(lock.native(), [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return !lost_.empty() || interrupted_ || devices_changed_;
      });
      if (!lost_.empty() || interrupted_) {
        return absl::UnavailableError(lost_.empty() ? "stopped" : lost_);
      }
      devices_changed_ = false;
      settling_ = true;
    }
    absl::Status settled;
    try {
      settled = SettleDevices();
    } catch (const std::exception& error) {
      settled = absl::UnavailableError(error.what());
    }
    SetOpen(settled.ok());
    if (!settled.ok()) return settled;
    listener_();
  }
}

void PahoSubscriber::DevicesChanged() {
  {
    MutexLock lock(mutex_);
    devices_changed_ = true;
  }
  changed_.notify_one();
}

bool PahoSubscriber::Settled() {
  MutexLock lock(mutex_);
  return !open_ || (!devices_changed_ && !settling_);
}

void PahoSubscriber::SetOpen(bool open) {
  MutexLock lock(mutex_);
  open_ = open;
  settling_ = false;
}

void PahoSubscriber::Receive(const ::mqtt::const_message_ptr& message) const {
  // Nothing may leave this function: below it is C.
  try {
    handler_(FromPaho(*message));
  } catch (const std::exception& error) {
    LOG(ERROR) << "MQTT: " << message->get_topic() << ": " << error.what();
  }
}

void PahoSubscriber::Lost(const std::string& reason) {
  {
    MutexLock lock(mutex_);
    lost_ = reason.empty() ? "the connection was lost" : reason;
  }
  changed_.notify_one();
}

void PahoSubscriber::Close() {
  SetOpen(false);
  // Else no farewell: the broker keeps the session, and what comes meanwhile, for the next
  // connection.
  if (interrupted_ && client_ != nullptr && !session_.will_topic.empty()) {
    SayGoodbye(*client_, session_.will_topic, session_.goodbye, session_.tick_topic);
  }
  client_.reset();
}

void PahoSubscriber::Interrupt() {
  {
    MutexLock lock(mutex_);
    interrupted_ = true;
  }
  changed_.notify_one();
}

}  // namespace chatwire::mqtt
