#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_RECENT_ANSWERS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_RECENT_ANSWERS_H_

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/clock.h"
#include "common/completion.h"
#include "common/mutex.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {

/// Remembers for a while how requests were answered, so that a retry gets the first answer and has
/// no second effect. In memory only. Thread-safe.
template <typename Answer>
class RecentAnswers {
 public:
  static constexpr size_t kMaximumRequests = 1000;
  static constexpr absl::Duration kLifetime = absl::Minutes(10);

  explicit RecentAnswers(const Clock& clock) : clock_(clock) {}

  /// True: this is the first request with @p key, and the caller ends it with Finish or Forget.
  /// Else @p done gets the first one's answer, or ALREADY_EXISTS/REQUEST_ID_REUSED when that had
  /// other @p content, or RESOURCE_EXHAUSTED/TOO_MANY_REQUESTS.
  bool Begin(const std::string& key, const std::string& content, Completion<Answer> done) {
    std::optional<absl::StatusOr<Answer>> answer;
    {
      MutexLock lock(mutex_);
      DropOld();
      const auto known = requests_.find(key);
      if (known == requests_.end() && requests_.size() < kMaximumRequests) {
        Request& request = requests_[key];
        request.content = content;
        request.waiting.push_back(std::move(done));
        return true;
      }
      if (known == requests_.end()) {
        answer = Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_REQUESTS",
                       "too many requests are under way or remembered; try again later");
      } else if (known->second.content != content) {
        answer = Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                       "the same `request_id` was used with other content");
      } else if (known->second.answer.has_value()) {
        answer = known->second.answer;
      } else {
        known->second.waiting.push_back(std::move(done));
        return false;
      }
    }
    done(*std::move(answer));
    return false;
  }

  /// Answers everybody who has asked with @p key, and remembers it.
  void Finish(const std::string& key, absl::StatusOr<Answer> answer) {
    std::vector<Completion<Answer>> waiting;
    {
      MutexLock lock(mutex_);
      Request& request = requests_.at(key);
      waiting.swap(request.waiting);
      request.answer = answer;
      ages_.emplace_back(clock_.Now(), key);
    }
    for (auto& done : waiting) done(answer);
  }

  /// The same, and nothing is remembered: it had no effect.
  void Forget(const std::string& key, const absl::Status& status) {
    std::vector<Completion<Answer>> waiting;
    {
      MutexLock lock(mutex_);
      waiting.swap(requests_.at(key).waiting);
      requests_.erase(key);
    }
    for (auto& done : waiting) done(status);
  }

 private:
  struct Request {
    std::string content;
    std::vector<Completion<Answer>> waiting;
    std::optional<absl::StatusOr<Answer>> answer;
  };

  void DropOld() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (!ages_.empty() && ages_.front().first + kLifetime < clock_.Now()) {
      requests_.erase(ages_.front().second);
      ages_.pop_front();
    }
  }

  const Clock& clock_;
  Mutex mutex_;
  std::map<std::string, Request> requests_ ABSL_GUARDED_BY(mutex_);
  /// Of the answered ones, oldest first.
  std::deque<std::pair<absl::Time, std::string>> ages_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_RECENT_ANSWERS_H_
