#include "cli/call.h"

#include <algorithm>

#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "cli/interrupt.h"
#include "cli/translate.h"
#include "common/backoff.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kRetryLimits{absl::Milliseconds(100), absl::Seconds(1)};
/// A person who waits longer than this is told why.
constexpr absl::Duration kPatience = absl::Seconds(1);

/// One attempt of @p rpc. Ctrl-C ends it.
grpc::Status Attempt(Interrupt* interrupt, grpc::ClientContext* context,
                     const std::function<grpc::Status(grpc::ClientContext*)>& rpc) {
  if (interrupt == nullptr) return rpc(context);
  interrupt->OnInterrupt([context] { context->TryCancel(); });
  grpc::Status status = rpc(context);
  interrupt->OnInterrupt(nullptr);
  return status;
}

/// Waits before the next attempt. Ctrl-C ends that too.
void Pause(Interrupt* interrupt, absl::Duration wait) {
  if (interrupt == nullptr) return absl::SleepFor(wait);
  interrupt->WaitFor(wait);
}

}  // namespace

CallOptions OrdinaryCall(const Session& session) { return {.timeout = session.settings.timeout}; }

bool IsTransient(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (absl::IsUnavailable(status)) return reason.empty() || reason == "SHUTTING_DOWN";
  // A server that stops cancels what is still open, before it can give a reason.
  return absl::IsCancelled(status) && reason.empty();
}

absl::Status Call(Session& session, Service service, const CallOptions& options,
                  const std::function<grpc::Status(grpc::ClientContext*)>& rpc) {
  Connection& connection = session.connection;
  const absl::Time start = absl::Now();
  const absl::Time deadline = start + options.timeout;
  Backoff backoff(kRetryLimits);
  bool told = false;
  absl::Status last;
  while (true) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    if (options.with_token) {
      const absl::Status attached = connection.AttachTokenFor(service, context);
      if (!attached.ok()) return attached;
    }
    const absl::Status status = FromGrpcStatus(Attempt(options.interrupt, &context, rpc));
    if (options.interrupt != nullptr && options.interrupt->interrupted()) {
      return options.interrupt->status();
    }
    // Out of time between two attempts: what kept failing tells more than the clock.
    if (absl::IsDeadlineExceeded(status) && ReasonOf(status).empty() && !last.ok()) break;
    last = status;
    const absl::Duration wait = backoff.Next();
    if (!IsTransient(last) || !options.retry || absl::Now() + wait >= deadline) break;
    if (!told && absl::Now() - start >= kPatience) {
      told = true;
      session.output.Notice(absl::Substitute(Tr("no answer from $0 at $1 yet; trying for $2"),
                                             NameOf(service), connection.AddressOf(service),
                                             absl::FormatDuration(options.timeout)));
    }
    Pause(options.interrupt, wait);
  }
  return connection.Explain(service, last);
}

}  // namespace chatwire::cli
