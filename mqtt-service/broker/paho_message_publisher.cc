#include "mqtt-service/broker/paho_message_publisher.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/error.h"
#include "mqtt-service/broker/paho_client.h"
#include "mqtt-service/broker/paho_message.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr size_t kMostInFlight = 64;
/// See PublishLoop: Paho's send thread can miss its wake-up.
constexpr absl::Duration kFirstTick = absl::Milliseconds(5);
constexpr absl::Duration kSlowestTick = absl::Seconds(1);

void* ToContext(int64_t id) { return reinterpret_cast<void*>(static_cast<intptr_t>(id)); }

int64_t IdOf(const ::mqtt::token& token) {
  return static_cast<int64_t>(reinterpret_cast<intptr_t>(token.get_user_context()));
}

absl::Status Uncertain() {
  return MakeError(absl::StatusCode::kUnavailable, {kErrorDomain, "PUBLISH_UNCERTAIN"},
                   "the broker did not acknowledge the message; it may have got it");
}

}  // namespace

PahoMessagePublisher::PahoMessagePublisher(BrokerOptions options, Topics topics)
    : options_(std::move(options)), topics_(std::move(topics)) {}

PahoMessagePublisher::~PahoMessagePublisher() { Close(); }

void PahoMessagePublisher::Publish(const MqttMessage& message, Completion<bool> done) {
  if (options_.version == MqttVersion::k311) {
    const absl::Status possible = CheckMqtt311(message);
    if (!possible.ok()) return done(possible);
  }
  {
    MutexLock lock(mutex_);
    if (client_ != nullptr && lost_.empty()) {
      pending_[++next_id_] = {message, std::move(done), absl::Now() + kPatience};
      changed_.notify_one();
      return;
    }
  }
  done(BrokerAway("there is no connection to the broker; see GetStatus"));
}

bool PahoMessagePublisher::MaySend() const {
  return in_flight_ < kMostInFlight && pending_.upper_bound(last_sent_) != pending_.end();
}

PahoMessagePublisher::Ready PahoMessagePublisher::TakeReady() {
  Ready ready;
  while (MaySend()) {
    const auto next = pending_.upper_bound(last_sent_);
    last_sent_ = next->first;
    next->second.sent = true;
    ++in_flight_;
    ready.emplace_back(next->first, std::move(next->second.message));
  }
  return ready;
}

void PahoMessagePublisher::Send(::mqtt::async_client& client, int64_t id,
                                const MqttMessage& message) {
  try {
    client.publish(MessageToPaho(message), ToContext(id), *this);
  } catch (const std::exception& error) {
    Finish(id, BrokerAway(error.what()));
  }
}

absl::Status PahoMessagePublisher::Open() {
  auto connect = MakeConnectOptions(options_, {});
  if (!connect.ok()) return connect.status();
  try {
    std::shared_ptr<::mqtt::async_client> client =
        MakePahoClient(options_, options_.client_id + "-api");
    client->set_connection_lost_handler([this](const std::string& cause) { Lost(cause); });
    client->set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
      Lost("the broker says: " + ::mqtt::to_string(reason));
    });
    const absl::Status connected =
        WaitFor(client->connect(connect->finalize()), options_.connect_timeout, interrupted_);
    if (!connected.ok()) return connected;
    MutexLock lock(mutex_);
    lost_.clear();
    client_ = std::move(client);
  } catch (const std::exception& error) {
    return absl::UnavailableError(error.what());
  }
  return absl::OkStatus();
}

absl::Status PahoMessagePublisher::Serve() {
  absl::Duration patience = kFirstTick;
  int64_t before = 0;
  while (true) {
    std::shared_ptr<::mqtt::async_client> client;
    Ready ready;
    bool stalled = false;
    {
      MutexLock lock(mutex_);
      const auto wait = absl::ToChronoNanoseconds(pending_.empty() ? kPatience : patience);
      const bool news =
          changed_.wait_for(lock.native(), wait, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
            return !lost_.empty() || interrupted_ || MaySend();
          });
      if (!lost_.empty()) return absl::UnavailableError(lost_);
      if (interrupted_) return absl::UnavailableError("stopped");
      client = client_;
      ready = TakeReady();
      stalled = !news && in_flight_ > 0 && ended_ == before;
      patience = stalled ? std::min(patience * 2, kSlowestTick) : kFirstTick;
      before = ended_;
    }
    GiveUp(absl::Now());
    for (const auto& [id, message] : ready) Send(*client, id, message);
    try {
      if (stalled) client->publish(topics_.BridgeTick(), "", 0, /*qos=*/0, false);
    } catch (const std::exception&) {
      // The connection is down; its own event says so.
      continue;
    }
  }
}

void PahoMessagePublisher::Close() {
  std::shared_ptr<::mqtt::async_client> client;
  {
    MutexLock lock(mutex_);
    client = std::move(client_);
    client_ = nullptr;
  }
  // Ends the callbacks, unless a call is publishing this very moment; that then does.
  client.reset();
  GiveUp(absl::InfiniteFuture());
}

void PahoMessagePublisher::Interrupt() {
  {
    MutexLock lock(mutex_);
    interrupted_ = true;
  }
  changed_.notify_one();
}

void PahoMessagePublisher::on_success(const ::mqtt::token& token) { Finish(IdOf(token), true); }

void PahoMessagePublisher::on_failure(const ::mqtt::token& token) {
  const int reason = token.get_reason_code();
  Finish(IdOf(token), IsRefusal(reason) ? RefusalStatus(reason) : Uncertain());
}

void PahoMessagePublisher::Finish(int64_t id, absl::StatusOr<bool> result) {
  Completion<bool> done;
  {
    MutexLock lock(mutex_);
    const auto found = pending_.find(id);
    if (found == pending_.end()) return;
    done = std::move(found->second.done);
    if (found->second.sent) --in_flight_;
    pending_.erase(found);
    ++ended_;
  }
  changed_.notify_one();
  done(std::move(result));
}

void PahoMessagePublisher::GiveUp(absl::Time until) {
  std::vector<std::pair<int64_t, bool>> late;
  {
    MutexLock lock(mutex_);
    for (const auto& [id, pending] : pending_) {
      if (pending.deadline <= until) late.emplace_back(id, pending.sent);
    }
  }
  for (const auto& [id, sent] : late) {
    Finish(id, sent ? Uncertain() : BrokerAway("the broker takes too few messages at once"));
  }
}

void PahoMessagePublisher::Lost(const std::string& reason) {
  {
    MutexLock lock(mutex_);
    lost_ = reason.empty() ? "the connection was lost" : reason;
  }
  changed_.notify_one();
}

}  // namespace chatwire::mqtt
