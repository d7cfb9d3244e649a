#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_EXECUTOR_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_EXECUTOR_H_

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace chatwire::xmpp {

/// One thread that runs functions in the order in which they were posted.
///
/// Thread-safe. Functions never run inline. They may be dropped, not run, when the thread ends:
/// what must answer in any case belongs into a Completion.
class Executor {
 public:
  using Function = absl::AnyInvocable<void()>;

  virtual ~Executor() = default;

  virtual void Post(Function function) = 0;

  /// Runs @p function after @p delay. There is no cancelling: the function finds out by itself
  /// whether it still has something to do.
  virtual void PostAfter(absl::Duration delay, Function function) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_EXECUTOR_H_
