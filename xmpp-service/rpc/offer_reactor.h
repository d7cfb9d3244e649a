#ifndef CHATWIRE_XMPP_SERVICE_RPC_OFFER_REACTOR_H_
#define CHATWIRE_XMPP_SERVICE_RPC_OFFER_REACTOR_H_

#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "chatwire/xmpp/v1/command_service.pb.h"
#include "common/mutex.h"
#include "xmpp-service/domain/command_offer.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// One stream of OfferCommands: what the desk tells the program goes out in order, with heartbeats.
///
/// Owns itself until gRPC is done with it. gRPC is called without the lock.
class OfferReactor final : public grpc::ServerWriteReactor<v1::OfferCommandsResponse>,
                           public CommandProgram,
                           public std::enable_shared_from_this<OfferReactor> {
 public:
  /// @p on_gone runs once, when the stream is over.
  static std::shared_ptr<OfferReactor> Make(Executor& timers, std::function<void()> on_gone);

  /// Says that the commands are offered at @p jid. gRPC may call from now on.
  void Start(const std::string& jid);
  /// Ends the stream. Thread-safe, idempotent.
  void End(const absl::Status& status);

  void OnRequested(CommandRequest request) override;
  void OnEnded(const std::string& session_id, const std::string& node,
               CommandEndReason reason) override;
  void OnReplaced() override;

  // From gRPC.
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  OfferReactor(Executor& timers, std::function<void()> on_gone);

  void Push(v1::OfferCommandsResponse response);
  void BeatLater();
  /// Writes or ends, whichever is next.
  void Advance();

  Executor& timers_;
  const std::function<void()> on_gone_;
  Mutex mutex_;
  std::shared_ptr<OfferReactor> self_ ABSL_GUARDED_BY(mutex_);
  std::deque<v1::OfferCommandsResponse> queue_ ABSL_GUARDED_BY(mutex_);
  /// Untouched while a write runs.
  v1::OfferCommandsResponse response_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_OFFER_REACTOR_H_
