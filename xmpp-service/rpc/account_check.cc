#include "xmpp-service/rpc/account_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumPasswordBytes = 1024;
constexpr size_t kMaximumResourceBytes = 64;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

bool CanBePassword(const std::string& password) {
  return password.size() <= kMaximumPasswordBytes && IsXmlText(password);
}

}  // namespace

absl::StatusOr<LoginRequest> CheckLogin(const v1::LoginRequest& request) {
  auto jid = Jid::ParseBare(request.jid());
  if (!jid.ok()) return jid.status();
  if (request.password().empty()) return Invalid("EMPTY_PASSWORD", "no password was given");
  if (!CanBePassword(request.password())) {
    // Never said of which kind: that would tell about the password.
    return Error(absl::StatusCode::kUnauthenticated, "WRONG_PASSWORD",
                 "no server can have accepted this password");
  }
  absl::Status status = CheckRequestId(request.request_id());
  if (status.ok()) status = CheckResource(jid->Bare(), request.resource());
  if (!status.ok()) return status;
  return LoginRequest{*std::move(jid), request.password(), request.resource()};
}

absl::Status CheckResource(const std::string& domain, const std::string& resource) {
  if (resource.empty()) return absl::OkStatus();
  const std::string whole = absl::StrCat(domain, "/", resource);
  const bool good = Jid::Parse(whole).ok() && resource.size() <= kMaximumResourceBytes;
  return good ? absl::OkStatus() : BadJid(whole);
}

absl::Status CheckNewPassword(const std::string& password) {
  if (password.empty()) return Invalid("EMPTY_PASSWORD", "no password was given");
  if (CanBePassword(password)) return absl::OkStatus();
  return Invalid("BAD_PASSWORD",
                 "the password is over 1,024 bytes or has a character that XML cannot carry");
}

absl::Status CheckRequestId(const std::string& request_id) {
  return request_id.empty() || IsUuid(request_id) ? absl::OkStatus() : BadRequestId();
}

absl::StatusOr<std::string> CheckServer(const std::string& server) {
  const auto jid = Jid::Parse(server);
  if (!jid.ok() || !jid->local().empty() || !jid->resource().empty()) {
    return Invalid("BAD_SERVER", "`server` is not a domain such as example.org");
  }
  return jid->domain();
}

absl::StatusOr<Registration> CheckRegistration(const v1::RegisterRequest& request) {
  absl::Status status = CheckNewPassword(request.password());
  if (status.ok()) status = CheckRequestId(request.request_id());
  if (!status.ok()) return status;
  const auto jid = Jid::ParseBare(absl::StrCat(request.username(), "@example.org"));
  if (!jid.ok()) return BadJid(request.username());
  v1::DataForm form;
  form.set_type(v1::DATA_FORM_TYPE_SUBMIT);
  *form.mutable_fields() = request.answers();
  auto answers = FromProto(form);
  if (!answers.ok()) return answers.status();
  return Registration{jid->local(), request.password(), std::move(answers->fields)};
}

}  // namespace chatwire::xmpp
