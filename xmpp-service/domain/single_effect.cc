#include "xmpp-service/domain/single_effect.h"

#include <optional>
#include <utility>

#include "common/error.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

absl::Status AnswerUnknown() {
  return Error(absl::StatusCode::kAborted, "ANSWER_UNKNOWN",
               "this was asked by an earlier call, whose answer is not known: it is under way, or "
               "was broken off; see whether it has been done, and use a new `request_id` for more");
}

void AnswerAgain(RequestLog& log, const EffectRequest& request, Completion<std::string> done) {
  log.GetAnswer(
      request.account, request.request_id,
      Completion<std::optional<std::string>>(
          [done = std::move(done)](absl::StatusOr<std::optional<std::string>> known) mutable {
            if (!known.ok()) {
              done(known.status());
            } else if (known->has_value()) {
              done(**std::move(known));
            } else {
              done(AnswerUnknown());
            }
          }));
}

/// Writes down how it ended, and then tells.
void Settle(RequestLog& log, const EffectRequest& request, absl::StatusOr<EffectEnd> end,
            Completion<std::string> done) {
  absl::StatusOr<std::string> answer =
      end.ok() ? std::move(end->answer) : absl::StatusOr<std::string>(end.status());
  const bool nothing_done = end.ok() && end->nothing_done;
  Completion<bool> written([answer, done = std::move(done)](const auto&) mutable {
    // Also where it could not be written: what was done was done.
    done(std::move(answer));
  });
  if (answer.ok()) {
    log.Finish(request.account, request.request_id, *answer, std::move(written));
  } else if (nothing_done) {
    log.Forget(request.account, request.request_id, std::move(written));
  } else {
    written(true);
  }
}

}  // namespace

EffectEnd EndOf(absl::StatusOr<std::string> answer) {
  const std::string reason = ReasonOf(answer.status());
  const bool unknown = reason.empty() || reason == "NO_ANSWER" || reason == "SESSION_OFFLINE" ||
                       reason == "XMPP_REMOTE_SERVER_TIMEOUT";
  const bool nothing_done = !answer.ok() && !unknown;
  return {std::move(answer), nothing_done};
}

void RunOnce(RequestLog& log, EffectRequest request,
             absl::AnyInvocable<void(Completion<EffectEnd>)> effect, Completion<std::string> done) {
  // Read before the request moves away.
  const std::string account = request.account;
  const std::string request_id = request.request_id;
  const std::string content = request.content;
  log.Begin(account, request_id, content,
            Completion<bool>([&log, request = std::move(request), effect = std::move(effect),
                              done = std::move(done)](absl::StatusOr<bool> first) mutable {
              if (!first.ok()) {
                done(first.status());
              } else if (!*first) {
                AnswerAgain(log, request, std::move(done));
              } else {
                effect(Completion<EffectEnd>(
                    [&log, request, done = std::move(done)](absl::StatusOr<EffectEnd> end) mutable {
                      Settle(log, request, std::move(end), std::move(done));
                    }));
              }
            }));
}

}  // namespace chatwire::xmpp
