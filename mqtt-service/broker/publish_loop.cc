#include "mqtt-service/broker/publish_loop.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "absl/time/clock.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostInFlight = 64;
/// The window is filled up to here when it is half empty.
constexpr size_t kWindowMessages = 1024;

constexpr absl::Duration kFirstTick = absl::Milliseconds(5);
/// A broker that is slow by itself is not woken more often than this.
constexpr absl::Duration kSlowestTick = absl::Seconds(1);
constexpr absl::Duration kIdle = absl::Seconds(60);
/// So long the fence may keep everything waiting; a third of a command's usual life.
constexpr absl::Duration kFencePatience = absl::Seconds(10);

}  // namespace

PublishLoop::PublishLoop(Store& store, const CheckboxRules& checkbox_rules,
                         const DeadlineRules& deadline_rules, PublishConnection& connection,
                         const Clock& clock)
    : store_(store),
      checkbox_rules_(checkbox_rules),
      deadline_rules_(deadline_rules),
      connection_(connection),
      clock_(clock) {
  connection_.SetEvents({[this](int64_t id, PublishResult result, std::string text) {
                           {
                             MutexLock lock(mutex_);
                             news_.done.push_back({id, result, std::move(text)});
                           }
                           changed_.notify_one();
                         },
                         [this](std::string reason) {
                           {
                             MutexLock lock(mutex_);
                             lost_ = reason.empty() ? "the connection was lost" : std::move(reason);
                           }
                           changed_.notify_one();
                         }});
}

void PublishLoop::SetFence(EchoFence* fence) {
  fence_ = fence;
  fence_->SetListener([this] { Wake(); });
}

void PublishLoop::Wake() {
  {
    MutexLock lock(mutex_);
    news_.woken = true;
  }
  changed_.notify_one();
}

void PublishLoop::Interrupt() {
  {
    MutexLock lock(mutex_);
    interrupted_ = true;
  }
  connection_.Interrupt();
  changed_.notify_one();
}

absl::Status PublishLoop::Open() {
  {
    MutexLock lock(mutex_);
    news_ = News();
    lost_.clear();
  }
  window_ = OutboxWindow();
  const absl::Status opened = connection_.Open();
  if (!opened.ok()) return opened;
  return store_.Write([this](Transaction& transaction) {
    checkbox_rules_.AnnounceAll(transaction);
    return absl::OkStatus();
  });
}

absl::Status PublishLoop::PassFence() {
  if (fence_ == nullptr) return absl::OkStatus();
  int64_t in_doubt = 0;
  absl::Status status = store_.Read([&](Transaction& transaction) {
    in_doubt = transaction.outbox().CommandCount();
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  fence_->Begin(in_doubt > 0);
  absl::Status doubt;
  status = AwaitMarker(doubt);
  if (!status.ok()) return status;
  if (doubt.ok() && fence_->EvidenceLost()) {
    doubt = absl::UnavailableError("the broker has not kept our session");
  }
  fence_->End();
  if (doubt.ok()) return absl::OkStatus();
  if (in_doubt > 0) {
    LOG(WARNING) << "MQTT publisher: of " << in_doubt << " commands that were waiting, some may "
                 << "reach a device twice: " << doubt.message();
  } else {
    LOG(WARNING) << "MQTT publisher: a device may get a command twice after a lost connection: "
                 << doubt.message();
  }
  return absl::OkStatus();
}

absl::Status PublishLoop::AwaitMarker(absl::Status& doubt) {
  const absl::Time end = absl::Now() + kFencePatience;
  absl::Duration patience = kFirstTick;
  bool in_flight = false;
  while (!Ended() && !fence_->Passed()) {
    doubt = fence_->Hopeless();
    const absl::Duration left = end - absl::Now();
    if (doubt.ok() && left <= absl::ZeroDuration()) {
      doubt = absl::DeadlineExceededError(
          "our own publishes do not come back; the broker's access rules must let this user read "
          "checkbox/+/command and bridge/fence");
    }
    if (!doubt.ok()) return absl::OkStatus();
    if (const auto marker = fence_->NextMarker()) {
      const absl::Status published = connection_.Publish(*marker, clock_.Now());
      if (!published.ok()) return published;
      in_flight = true;
      patience = kFirstTick;
    }
    const News news = WaitForNews(in_flight ? std::min(patience, left) : left);
    for (const Done& done : news.done) {
      in_flight = false;
      if (done.result == PublishResult::kLost) return absl::UnavailableError(done.text);
      if (done.result != PublishResult::kRefused) continue;
      doubt = absl::PermissionDeniedError(done.text);
      return absl::OkStatus();
    }
    if (in_flight && !news.woken) {
      Tick();
      patience = std::min(patience * 2, kSlowestTick);
    }
  }
  return absl::OkStatus();
}

absl::Status PublishLoop::Serve() {
  absl::Status status = PassFence();
  if (status.ok()) status = Load();
  absl::Duration patience = kFirstTick;
  absl::Time quiet_since = absl::Now();
  while (status.ok() && !Ended()) {
    if (gate_()) status = PublishReady();
    if (!status.ok()) break;
    const bool waiting = window_.in_flight() > 0;
    const News news = WaitForNews(waiting ? patience : kIdle);
    if (!news.done.empty() || !waiting) {
      patience = kFirstTick;
      quiet_since = absl::Now();
    } else if (absl::Now() - quiet_since >= patience) {
      Tick();
      patience = std::min(patience * 2, kSlowestTick);
      quiet_since = absl::Now();
    }
    status = Settle(news.done);
    const bool more = news.woken || window_.size() < kWindowMessages / 2;
    if (status.ok() && more) status = Load();
  }
  return status.ok() ? EndReason() : status;
}

void PublishLoop::Tick() {
  {
    MutexLock lock(mutex_);
    ++tick_count_;
  }
  connection_.Tick();
}

void PublishLoop::Close() {
  bool goodbye = false;
  {
    MutexLock lock(mutex_);
    goodbye = interrupted_ && lost_.empty();
  }
  if (goodbye) connection_.SayGoodbye();
  connection_.Close();
  // What was acknowledged until now is not published again.
  const News rest = WaitForNews(absl::ZeroDuration());
  const absl::Status settled = Settle(rest.done);
  if (!settled.ok()) LOG(WARNING) << "MQTT publisher: " << settled.message();
}

PublishLoop::News PublishLoop::WaitForNews(absl::Duration timeout) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), absl::ToChronoNanoseconds(timeout),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
                      return news_.woken || !news_.done.empty() || !lost_.empty() || interrupted_;
                    });
  return std::exchange(news_, News());
}

bool PublishLoop::Ended() {
  MutexLock lock(mutex_);
  return interrupted_ || !lost_.empty();
}

absl::Status PublishLoop::EndReason() {
  MutexLock lock(mutex_);
  return absl::UnavailableError(lost_.empty() ? "stopped" : lost_);
}

int64_t PublishLoop::tick_count() {
  MutexLock lock(mutex_);
  return tick_count_;
}

absl::Status PublishLoop::Settle(const std::vector<Done>& done) {
  if (done.empty()) return absl::OkStatus();
  absl::Status result;
  std::vector<std::pair<OutboxMessage, PublishResult>> settled;
  for (const Done& one : done) {
    if (one.result == PublishResult::kLost) {
      result = absl::UnavailableError(one.text);
      continue;
    }
    auto message = window_.Finish(one.id);
    if (!message.has_value()) continue;
    if (one.result == PublishResult::kRefused) {
      LOG(ERROR) << "the broker refuses a publish to " << message->topic << ": " << one.text
                 << "; it is dropped. Check the broker's access rules.";
    }
    settled.emplace_back(*std::move(message), one.result);
  }
  if (settled.empty()) return result;
  const absl::Status written = store_.Write([&](Transaction& transaction) {
    for (const auto& [message, how] : settled) {
      transaction.outbox().Remove(message.id);
      if (message.command_id.empty()) continue;
      if (how == PublishResult::kAcknowledged) {
        deadline_rules_.Published(transaction, message.command_id);
      } else {
        deadline_rules_.Refused(transaction, message.command_id);
      }
    }
    return absl::OkStatus();
  });
  return written.ok() ? result : written;
}

absl::Status PublishLoop::Load() {
  return store_.Read([this](Transaction& transaction) {
    const size_t size = window_.size();
    if (size < kWindowMessages) {
      window_.Add(transaction.outbox().After(window_.LastId(),
                                             static_cast<int64_t>(kWindowMessages - size)));
    }
    return absl::OkStatus();
  });
}

absl::Status PublishLoop::PublishReady() {
  while (window_.in_flight() < kMostInFlight) {
    const auto message = window_.TakeReady();
    if (!message.has_value()) break;
    const absl::Time now = clock_.Now();
    const absl::Status status =
        message->expire_time <= now ? DropExpired(*message) : connection_.Publish(*message, now);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status PublishLoop::DropExpired(const OutboxMessage& message) {
  window_.Finish(message.id);
  return store_.Write([&](Transaction& transaction) {
    transaction.outbox().Remove(message.id);
    return absl::OkStatus();
  });
}

}  // namespace chatwire::mqtt
