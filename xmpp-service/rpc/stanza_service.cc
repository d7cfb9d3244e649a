#include "xmpp-service/rpc/stanza_service.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/error.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_port.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kMaximumWait = absl::Seconds(30);

/// One call, over its steps on several threads.
struct Call {
  std::shared_ptr<AccountAgent> agent;
  std::string account;
  std::string xml;
  std::string request_id;
  absl::Duration timeout = kMaximumWait;
};

template <typename Request>
absl::StatusOr<Call> ReadCall(const grpc::CallbackServerContext& context,
                              const ServiceContext& services, const Request& request) {
  auto account = AuthorizeAccount(context, services.tokens, scope::kRaw, request.account());
  if (!account.ok()) return account.status();
  if (!IsUuid(request.request_id())) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_REQUEST_ID",
                 "`request_id` is missing or not a UUID");
  }
  auto agent = services.accounts.Find(*account);
  if (!agent.ok()) return agent.status();
  return Call{*std::move(agent), *std::move(account), request.xml(),
              absl::AsciiStrToLower(request.request_id())};
}

/// Runs @p ask (`void(StanzaPort&, Completion<Result>)`) with the live session.
template <typename Result, typename Ask>
void UseStanzas(const Call& call, Completion<Result> done, Ask ask) {
  call.agent->UseSession(
      [ask = std::move(ask), done = std::move(done)](absl::StatusOr<Session*> session) mutable {
        if (!session.ok()) {
          done(session.status());
        } else if (StanzaPort* stanzas = (*session)->ports().stanzas; stanzas == nullptr) {
          done(absl::UnimplementedError("the session sends no stanzas"));
        } else {
          ask(*stanzas, std::move(done));
        }
      });
}

/// Whether @p status says that nothing has left us.
bool NothingSent(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "BAD_STANZA" || reason == "STANZA_NOT_ALLOWED" || reason == "BAD_JID" ||
         reason == "SESSION_OFFLINE";
}

/// Runs @p ask once for each request: @p again is completed with when it was run before.
template <typename Ask>
void AskOnce(const ServiceContext& services, const Call& call, absl::StatusOr<std::string> again,
             Ask ask, Completion<std::string> done) {
  auto& requests = services.requests;
  requests.Begin(
      call.account, call.request_id, call.xml,
      Completion<bool>([&requests, call, again = std::move(again), ask = std::move(ask),
                        done = std::move(done)](const auto& first) mutable {
        if (!first.ok() || !*first) {
          done(first.ok() ? std::move(again) : first.status());
          return;
        }
        Completion<std::string> end([&requests, call, done = std::move(done)](auto result) mutable {
          // So that a retry sends it.
          if (NothingSent(result.status())) {
            requests.Forget(call.account, call.request_id,
                            Completion<bool>([result, done = std::move(done)](const auto&) mutable {
                              done(std::move(result));
                            }));
          } else {
            done(std::move(result));
          }
        });
        UseStanzas(call, std::move(end), std::move(ask));
      }));
}

absl::StatusOr<absl::Duration> TimeoutOf(const v1::SendIqRequest& request) {
  if (!request.has_timeout()) return kMaximumWait;
  const absl::Duration timeout = chatwire::FromProto(request.timeout());
  if (timeout > absl::ZeroDuration()) return std::min(timeout, kMaximumWait);
  return Error(absl::StatusCode::kInvalidArgument, "BAD_WAIT", "`timeout` is not positive");
}

}  // namespace

grpc::ServerUnaryReactor* StanzaService::SendStanza(grpc::CallbackServerContext* context,
                                                    const v1::SendStanzaRequest* request,
                                                    v1::SendStanzaResponse* response) {
  const auto call = ReadCall(*context, context_, *request);
  if (!call.ok()) return Answer(context, call.status());
  auto* reactor = context->DefaultReactor();
  AskOnce(
      context_, *call, std::string(),
      [call = *call](StanzaPort& stanzas, Completion<std::string> done) {
        stanzas.Send(call.xml, DerivedUuid(call.account, call.request_id), std::move(done));
      },
      Completion<std::string>([reactor, response](const auto& id) {
        if (id.ok()) {
          response->set_stanza_id(*id);
          response->set_replayed(id->empty());
        }
        reactor->Finish(ToGrpcStatus(id.status()));
      }));
  return reactor;
}

grpc::ServerUnaryReactor* StanzaService::SendIq(grpc::CallbackServerContext* context,
                                                const v1::SendIqRequest* request,
                                                v1::SendIqResponse* response) {
  auto call = ReadCall(*context, context_, *request);
  if (!call.ok()) return Answer(context, call.status());
  const auto timeout = TimeoutOf(*request);
  if (!timeout.ok()) return Answer(context, timeout.status());
  call->timeout = *timeout;
  auto* reactor = context->DefaultReactor();
  Completion<std::string> done([reactor, response](const auto& answer) {
    if (answer.ok()) response->set_xml(*answer);
    reactor->Finish(ToGrpcStatus(answer.status()));
  });
  const auto ask = [call = *call](StanzaPort& stanzas, Completion<std::string> next) {
    stanzas.Ask(call.xml, call.timeout, std::move(next));
  };
  Completion<bool> on_kind(
      [this, call = *call, ask, done = std::move(done)](const auto& is_set) mutable {
        if (!is_set.ok()) {
          done(is_set.status());
        } else if (*is_set) {
          AskOnce(context_, call,
                  Error(absl::StatusCode::kAborted, "ANSWER_UNKNOWN",
                        "this was sent by an earlier call, whose answer is not known any more"),
                  ask, std::move(done));
        } else {
          UseStanzas(call, std::move(done), ask);
        }
      });
  UseStanzas(*call, std::move(on_kind),
             [xml = call->xml](StanzaPort& stanzas, auto next) { next(stanzas.IsSet(xml)); });
  return reactor;
}

}  // namespace chatwire::xmpp
