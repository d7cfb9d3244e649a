#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_LIFELINE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_LIFELINE_H_

#include <memory>
#include <utility>

#include "common/completion.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// Brings results back to the executor on which an object lives, as long as that object is alive.
///
/// A member of the object, which is destroyed on the executor; so a function that finds it alive
/// can use it.
class Lifeline {
 public:
  explicit Lifeline(Executor& executor) : executor_(executor), alive_(std::make_shared<char>()) {}

  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;

  /// A completion that may run on any thread; @p function (of absl::StatusOr<T>) runs on the
  /// executor.
  template <typename T, typename Function>
  Completion<T> Bind(Function function) {
    return Completion<T>([&executor = executor_, alive = std::weak_ptr<char>(alive_),
                          function = std::move(function)](absl::StatusOr<T> result) mutable {
      executor.Post([alive = std::move(alive), function = std::move(function),
                     result = std::move(result)]() mutable {
        if (!alive.expired()) function(std::move(result));
      });
    });
  }

  /// Runs @p function on the executor after @p delay. Call on the executor.
  template <typename Function>
  void After(absl::Duration delay, Function function) {
    executor_.PostAfter(
        delay, [alive = std::weak_ptr<char>(alive_), function = std::move(function)]() mutable {
          if (!alive.expired()) function();
        });
  }

 private:
  Executor& executor_;
  std::shared_ptr<char> alive_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_LIFELINE_H_
