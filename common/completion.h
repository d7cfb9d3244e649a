#ifndef CHATWIRE_COMMON_COMPLETION_H_
#define CHATWIRE_COMMON_COMPLETION_H_

#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire {

/// A callback that runs exactly once: with a result, or with UNAVAILABLE when it is dropped.
///
/// Work that crosses threads can be dropped on the way (an event loop that ends, a queue that is
/// cleared). With a plain function the RPC behind it would stay open for ever.
///
/// Movable. Not thread-safe: one owner at a time. Runs on the thread that calls or drops it.
template <typename T>
class Completion {
 public:
  using Function = absl::AnyInvocable<void(absl::StatusOr<T>)>;

  /// Does nothing when called.
  Completion() = default;

  explicit Completion(Function function) : function_(std::move(function)) {}

  Completion(Completion&& other) noexcept : function_(std::exchange(other.function_, nullptr)) {}

  Completion& operator=(Completion&& other) noexcept {
    if (this != &other) {
      Drop();
      function_ = std::exchange(other.function_, nullptr);
    }
    return *this;
  }

  Completion(const Completion&) = delete;
  Completion& operator=(const Completion&) = delete;

  ~Completion() { Drop(); }

  /// Runs the function with @p result. Later calls do nothing.
  void operator()(absl::StatusOr<T> result) {
    if (!function_) return;
    auto function = std::exchange(function_, nullptr);
    function(std::move(result));
  }

  /// Whether the function has not run yet.
  explicit operator bool() const { return static_cast<bool>(function_); }

 private:
  void Drop() { (*this)(absl::UnavailableError("the service is stopping; try again")); }

  Function function_;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_COMPLETION_H_
