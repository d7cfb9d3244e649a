#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SINGLE_EFFECT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SINGLE_EFFECT_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "common/completion.h"
#include "xmpp-service/domain/request_log.h"

namespace chatwire::xmpp {

/// A request whose effect is to come once, however often it is repeated.
struct EffectRequest {
  std::string account;
  std::string request_id;
  /// All that it asks for.
  std::string content;
};

/// How an effect ended.
struct EffectEnd {
  /// What the caller is told, and whoever repeats the request.
  absl::StatusOr<std::string> answer;
  /// Certainly nothing was done: who repeats the request has it tried again.
  bool nothing_done = false;
};

/// The end of what was asked of the XMPP side: nothing was done where that has refused.
EffectEnd EndOf(absl::StatusOr<std::string> answer);

/// Runs @p effect once for each request, also over restarts; who repeats the request gets the first
/// one's answer. @p log outlives it. @p effect runs on any thread.
/// Errors: those of @p effect and of RequestLog::Begin, and ABORTED/ANSWER_UNKNOWN.
void RunOnce(RequestLog& log, EffectRequest request,
             absl::AnyInvocable<void(Completion<EffectEnd>)> effect, Completion<std::string> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SINGLE_EFFECT_H_
