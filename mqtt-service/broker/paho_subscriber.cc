#include "mqtt-service/broker/paho_subscriber.h"

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
                               std::vector<InboundFilter> filters, Handler handler,
                               std::function<void()> on_new_session, SubscriberSession session)
    : options_(std::move(options)),
      role_(std::move(role)),
      filters_(std::move(filters)),
      handler_(std::move(handler)),
      on_new_session_(std::move(on_new_session)),
      session_(std::move(session)) {}

PahoSubscriber::~PahoSubscriber() { Close(); }

absl::Status PahoSubscriber::Open() {
  {
    MutexLock lock(mutex_);
    lost_.clear();
  }
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
    return Subscribe();
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
          : client_->subscribe(
                names, ::mqtt::iasync_client::qos_collection(filters.size(), qos), options);
  const absl::Status answered = WaitFor(token, options_.connect_timeout, interrupted_);
  if (!answered.ok()) return answered;
  const auto codes = token->get_subscribe_response().get_reason_codes();
  for (size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] < 0x80) continue;
    return absl::PermissionDeniedError(absl::StrCat(
        "the broker refuses the subscription to ", filters[i].filter, ": ",
        ::mqtt::to_string(codes[i])));
  }
  return absl::OkStatus();
}

absl::Status PahoSubscriber::Serve() {
  MutexLock lock(mutex_);
  changed_.wait(lock.native(),
                [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !lost_.empty() || interrupted_; });
  return absl::UnavailableError(lost_.empty() ? "stopped" : lost_);
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
