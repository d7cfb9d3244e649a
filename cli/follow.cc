#include "cli/follow.h"

#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "cli/call.h"
#include "cli/interrupt.h"
#include "cli/translate.h"
#include "common/backoff.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kReconnectLimits{absl::Milliseconds(100), absl::Seconds(5)};

/// Tells of an outage once, and of its end.
class OutageNotice {
 public:
  OutageNotice(Session& session, Service service) : session_(session), service_(service) {}

  void Lost(const absl::Status& why) {
    if (lost_) return;
    lost_ = true;
    const absl::Status explained = session_.connection.Explain(service_, why);
    session_.output.Notice(absl::Substitute(Tr("lost the stream: $0; trying again until Ctrl-C"),
                                            explained.message()));
  }

  void Heard() {
    if (lost_) session_.output.Notice(Tr("the stream is up again"));
    lost_ = false;
  }

 private:
  Session& session_;
  Service service_;
  bool lost_ = false;
};

}  // namespace

absl::Status Follow(Session& session, Service service, bool reconnect,
                    const FollowAttempt& attempt) {
  auto interrupt = Interrupt::Start(session.output.out());
  if (!interrupt.ok()) return interrupt.status();
  const absl::Time first_deadline = absl::Now() + session.settings.timeout;
  Backoff backoff(kReconnectLimits);
  OutageNotice notice(session, service);
  bool ever_heard = false;
  while (true) {
    grpc::ClientContext context;
    absl::Status attached = session.connection.AttachTokenFor(service, context);
    if (!attached.ok()) return attached;
    (*interrupt)->OnInterrupt([&context] { context.TryCancel(); });
    const absl::Status ended = FromGrpcStatus(attempt(&context, [&] {
      ever_heard = true;
      backoff.Reset();
      notice.Heard();
    }));
    (*interrupt)->OnInterrupt(nullptr);
    if ((*interrupt)->interrupted()) return (*interrupt)->status();
    if (session.output.closed() || !session.output.status().ok()) return absl::OkStatus();
    // A server that ends a stream without an error is being replaced: come back as after a loss.
    const absl::Status why = ended.ok() ? absl::UnavailableError("the stream ended") : ended;
    const bool again = ever_heard ? reconnect : absl::Now() < first_deadline;
    if (!IsTransient(why) || !again) return session.connection.Explain(service, why);
    if (ever_heard) notice.Lost(why);
    if ((*interrupt)->WaitFor(backoff.Next())) return (*interrupt)->status();
  }
}

}  // namespace chatwire::cli
