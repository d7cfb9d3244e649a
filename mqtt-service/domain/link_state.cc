#include "mqtt-service/domain/link_state.h"

#include <utility>

#include "absl/log/log.h"

namespace chatwire::mqtt {

LinkState::LinkState(std::string name, std::string target, const Clock& clock)
    : name_(std::move(name)), clock_(clock) {
  status_.target = std::move(target);
  status_.state_time = clock_.Now();
  status_.error_message = "not connected yet";
}

void LinkState::Up() {
  {
    MutexLock lock(mutex_);
    if (status_.connected) return;
    status_.connected = true;
    status_.state_time = clock_.Now();
    status_.error_message.clear();
  }
  LOG(INFO) << name_ << ": connected";
  if (listener_) listener_();
}

void LinkState::Down(const std::string& reason) {
  bool was_connected = false;
  bool news = false;
  {
    MutexLock lock(mutex_);
    was_connected = status_.connected;
    news = was_connected || status_.error_message != reason;
    if (was_connected) status_.state_time = clock_.Now();
    status_.connected = false;
    status_.error_message = reason;
  }
  // The same failure of every attempt is said once.
  if (news) LOG(WARNING) << name_ << ": " << reason;
  if (was_connected && listener_) listener_();
}

void LinkState::Stopped() {
  MutexLock lock(mutex_);
  status_.connected = false;
  status_.state_time = clock_.Now();
  status_.error_message = "the service is stopping";
}

LinkStatus LinkState::Get() const {
  MutexLock lock(mutex_);
  return status_;
}

}  // namespace chatwire::mqtt
