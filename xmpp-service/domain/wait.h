#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_WAIT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_WAIT_H_

#include <future>
#include <utility>

#include "absl/status/statusor.h"
#include "common/completion.h"

namespace chatwire::xmpp {

/// Starts @p call with a completion and waits for its result. For start and stop and for tests
/// only: never on a thread that has other work.
template <typename T, typename Call>
absl::StatusOr<T> WaitFor(Call call) {
  std::promise<absl::StatusOr<T>> promise;
  auto result = promise.get_future();
  call(Completion<T>([promise = std::move(promise)](absl::StatusOr<T> value) mutable {
    promise.set_value(std::move(value));
  }));
  return result.get();
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_WAIT_H_
