// The calls of AccountService for those who have no account yet.
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/account_check.h"
#include "xmpp-service/rpc/account_service.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

/// `ipv4:192.0.2.1:5222` without the port: who calls again has another one.
std::string AddressOf(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

void Fill(const OpenRegistration& open, v1::GetRegistrationFormResponse& response) {
  response.set_registration_id(open.id);
  *response.mutable_expire_time() = chatwire::ToProto(open.expire_time);
  response.set_instructions(open.form.instructions);
  response.set_url(open.form.url);
  if (open.form.form.has_value()) {
    *response.mutable_form() = ToProto(*open.form.form);
    return;
  }
  DataForm fields;
  fields.fields = open.form.fields;
  *response.mutable_fields() = ToProto(fields).fields();
}

}  // namespace

absl::Status AccountService::AdmitRegistration(const grpc::CallbackServerContext& context) {
  if (context_.registration_limit.per_minute() == 0) {
    return Error(absl::StatusCode::kPermissionDenied, "REGISTRATION_DISABLED",
                 "this service does not register accounts");
  }
  if (context_.registration_limit.Admit(AddressOf(context.peer()))) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_REGISTRATIONS",
               "too many registrations from this address; try again in a minute");
}

grpc::ServerUnaryReactor* AccountService::GetRegistrationForm(
    grpc::CallbackServerContext* context, const v1::GetRegistrationFormRequest* request,
    v1::GetRegistrationFormResponse* response) {
  const auto server = CheckServer(request->server());
  if (!server.ok()) return Answer(context, server.status());
  const absl::Status admitted = AdmitRegistration(*context);
  if (!admitted.ok()) return Answer(context, admitted);
  auto* reactor = context->DefaultReactor();
  context_.registrar.GetForm(*server,
                             Completion<OpenRegistration>([reactor, response](const auto& open) {
                               if (open.ok()) Fill(*open, *response);
                               reactor->Finish(ToGrpcStatus(open.status()));
                             }));
  return reactor;
}

grpc::ServerUnaryReactor* AccountService::Register(grpc::CallbackServerContext* context,
                                                   const v1::RegisterRequest* request,
                                                   v1::RegisterResponse* response) {
  std::string server;
  if (!request->server().empty() || request->registration_id().empty()) {
    auto checked = CheckServer(request->server());
    if (!checked.ok()) return Answer(context, checked.status());
    server = *std::move(checked);
  }
  auto registration = CheckRegistration(*request);
  if (!registration.ok()) return Answer(context, registration.status());
  const absl::Status resource = CheckResource("example.org", request->resource());
  if (!resource.ok()) return Answer(context, resource);
  const absl::Status admitted = AdmitRegistration(*context);
  if (!admitted.ok()) return Answer(context, admitted);
  auto* reactor = context->DefaultReactor();
  Completion<std::string> registered(
      [this, request, response, username = registration->username,
       done = AnswerDone(reactor)](absl::StatusOr<std::string> at) mutable {
        if (!at.ok()) {
          done(at.status());
          return;
        }
        response->set_jid(absl::StrCat(username, "@", *at));
        auto jid = Jid::ParseBare(response->jid());
        if (!request->login() || !jid.ok()) {
          done(jid.ok() ? absl::StatusOr<bool>(true) : jid.status());
          return;
        }
        SignIn({*std::move(jid), request->password(), request->resource()},
               response->mutable_account(), response->mutable_token(), std::move(done));
      });
  context_.registrar.Register(request->registration_id(), server, *std::move(registration),
                              std::move(registered));
  return reactor;
}

}  // namespace chatwire::xmpp
