#ifndef CHATWIRE_XMPP_SERVICE_RPC_DELIVERY_WAIT_H_
#define CHATWIRE_XMPP_SERVICE_RPC_DELIVERY_WAIT_H_

#include <grpcpp/server_context.h>

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {

/// How long a call with `wait_for` and `wait_timeout` is to wait for SERVER_ACK; zero: not at all.
/// Errors: INVALID_ARGUMENT/BAD_WAIT.
template <typename Request>
absl::StatusOr<absl::Duration> DeliveryWait(const grpc::CallbackServerContext& context,
                                            const Request& request) {
  // No caller may keep a wait open for ever.
  constexpr absl::Duration kMaximumWait = absl::Minutes(5);
  // So that the answer is there before the caller gives up.
  constexpr absl::Duration kAnswerMargin = absl::Milliseconds(100);
  absl::Duration wait = absl::Seconds(30);
  if (request.has_wait_timeout()) wait = chatwire::FromProto(request.wait_timeout());
  if (wait < absl::ZeroDuration()) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_WAIT", "`wait_timeout` is negative");
  }
  if (request.wait_for() != v1::DELIVERY_STAGE_SERVER_ACK) return absl::ZeroDuration();
  const absl::Duration left = absl::FromChrono(context.deadline()) - absl::Now() - kAnswerMargin;
  return std::max(std::min({wait, left, kMaximumWait}), absl::Milliseconds(1));
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_DELIVERY_WAIT_H_
