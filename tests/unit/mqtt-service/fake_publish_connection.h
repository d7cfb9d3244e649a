#ifndef CHATWIRE_TESTS_UNIT_MQTT_SERVICE_FAKE_PUBLISH_CONNECTION_H_
#define CHATWIRE_TESTS_UNIT_MQTT_SERVICE_FAKE_PUBLISH_CONNECTION_H_

#include <chrono>
#include <condition_variable>
#include <string>
#include <utility>
#include <vector>

#include "common/mutex.h"
#include "mqtt-service/broker/publish_connection.h"

namespace chatwire::mqtt {

/// A connection that does what a test says.
class FakePublishConnection final : public PublishConnection {
 public:
  /// What happens to a publish.
  enum class Mode {
    kAcknowledge,
    /// Nothing, until Tick: Paho's send thread missed its wake-up.
    kStall,
    kRefuse,
    kLose,
    /// Nothing at all.
    kKeep,
  };

  void SetMode(Mode mode) {
    MutexLock lock(mutex_);
    mode_ = mode;
  }

  void SetEvents(Events events) override { events_ = std::move(events); }
  absl::Status Open() override {
    MutexLock lock(mutex_);
    ++opened_;
    stalled_.clear();
    return absl::OkStatus();
  }
  absl::Status Publish(const OutboxMessage& message, absl::Time /*now*/) override {
    Mode mode;
    {
      MutexLock lock(mutex_);
      published_.push_back(message);
      mode = mode_;
      if (mode == Mode::kStall) stalled_.push_back(message.id);
    }
    changed_.notify_all();
    if (mode == Mode::kAcknowledge) events_.done(message.id, PublishResult::kAcknowledged, "");
    if (mode == Mode::kRefuse) events_.done(message.id, PublishResult::kRefused, "not allowed");
    if (mode == Mode::kLose) events_.done(message.id, PublishResult::kLost, "lost");
    return absl::OkStatus();
  }
  void Tick() override {
    std::vector<int64_t> stalled;
    {
      MutexLock lock(mutex_);
      ++ticks_;
      stalled.swap(stalled_);
    }
    for (const int64_t id : stalled) events_.done(id, PublishResult::kAcknowledged, "");
    changed_.notify_all();
  }
  void SayGoodbye() override {}
  void Close() override {}
  void Interrupt() override {}

  /// Breaks the connection.
  void Lose() { events_.lost("cable pulled"); }

  std::vector<OutboxMessage> WaitForPublished(size_t count) {
    MutexLock lock(mutex_);
    changed_.wait_for(lock.native(), std::chrono::seconds(20),
                      [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return published_.size() >= count; });
    return published_;
  }
  int ticks() {
    MutexLock lock(mutex_);
    return ticks_;
  }
  int opened() {
    MutexLock lock(mutex_);
    return opened_;
  }

 private:
  Events events_;
  Mutex mutex_;
  std::condition_variable changed_;
  Mode mode_ ABSL_GUARDED_BY(mutex_) = Mode::kAcknowledge;
  std::vector<OutboxMessage> published_ ABSL_GUARDED_BY(mutex_);
  std::vector<int64_t> stalled_ ABSL_GUARDED_BY(mutex_);
  int ticks_ ABSL_GUARDED_BY(mutex_) = 0;
  int opened_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_UNIT_MQTT_SERVICE_FAKE_PUBLISH_CONNECTION_H_
