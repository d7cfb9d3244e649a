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
  std::shared_ptr<::mqtt::async_client> client;
  int64_t id = 0;
  {
    MutexLock lock(mutex_);
    client = lost_.empty() ? client_ : nullptr;
    if (client != nullptr) {
      id = ++next_id_;
      pending_[id] = {std::move(done), absl::Now() + kPatience};
    }
  }
  if (client == nullptr)
    return done(BrokerAway("there is no connection to the broker; see GetStatus"));
  try {
    client->publish(MessageToPaho(message), ToContext(id), *this);
  } catch (const std::exception& error) {
    Finish(id, BrokerAway(error.what()));
  }
  changed_.notify_one();
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
  size_t before = 0;
  while (true) {
    std::shared_ptr<::mqtt::async_client> client;
    {
      MutexLock lock(mutex_);
      const auto wait = absl::ToChronoNanoseconds(pending_.empty() ? kPatience : patience);
      changed_.wait_for(lock.native(), wait, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return !lost_.empty() || interrupted_ || pending_.size() > before;
      });
      if (!lost_.empty()) return absl::UnavailableError(lost_);
      if (interrupted_) return absl::UnavailableError("stopped");
      const bool moved = pending_.size() != before;
      before = pending_.size();
      patience = moved ? kFirstTick : std::min(patience * 2, kSlowestTick);
      if (!moved && before > 0) client = client_;
    }
    GiveUp(absl::Now());
    try {
      if (client != nullptr) client->publish(topics_.BridgeTick(), "", 0, /*qos=*/0, false);
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
    pending_.erase(found);
  }
  done(std::move(result));
}

void PahoMessagePublisher::GiveUp(absl::Time until) {
  std::vector<int64_t> late;
  {
    MutexLock lock(mutex_);
    for (const auto& [id, pending] : pending_) {
      if (pending.deadline <= until) late.push_back(id);
    }
  }
  for (const int64_t id : late) Finish(id, Uncertain());
}

void PahoMessagePublisher::Lost(const std::string& reason) {
  {
    MutexLock lock(mutex_);
    lost_ = reason.empty() ? "the connection was lost" : reason;
  }
  changed_.notify_one();
}

}  // namespace chatwire::mqtt
