#include "cli/commands/register.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/errors.h"
#include "cli/form.h"
#include "cli/password_prompt.h"
#include "cli/private_file.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/unary.h"
#include "cli/token_place.h"
#include "cli/translate.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::GetRegistrationFormResponse;

constexpr char kFormRpc[] = "xmpp.v1.AccountService.GetRegistrationForm";
constexpr char kRegisterRpc[] = "xmpp.v1.AccountService.Register";
/// A server may think about a new account for a while.
constexpr absl::Duration kRegisterTimeout = absl::Seconds(60);

constexpr char kNotes[] =
    R"help(The password, and what else the server asks for (a CAPTCHA's picture is put into a file, which is
named), is asked for on the terminal; scripts give it with --password-file or --password-stdin and
--field. --show-form prints what the server asks for. The new account is then signed in, as by
`chatwire login`, unless --no-login is given.

With --json: {"jid", "token_file"}; with --show-form the form)help";

class RegisterCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {kFormRpc, kRegisterRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("register", "Make a new account on an XMPP server");
    app->add_option("JID", jid_, "The new account, such as lamp-bot@example.org")
        ->type_name("")
        ->required();
    auto* const file = app->add_option("--password-file", password_.file, "File with the password")
                           ->type_name("FILE");
    app->add_flag("--password-stdin", password_.from_stdin,
                  "The first line of standard input is the password")
        ->excludes(file);
    app->add_flag("--no-login", no_login_, "Do not sign it in");
    app->add_flag("--show-form", show_form_, "Only print what the server asks for");
    filler_.AddTo(*app);
    app->footer(HelpText(kNotes,
                         {"account register lamp-bot@example.org",
                          "account register lamp-bot@example.org --password-file bot.password "
                          "--field email=me@example.org"},
                         Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    const size_t at = jid_.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == jid_.size()) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       absl::StrCat("\"", jid_, "\" is no address; write NAME@SERVER"));
    }
    if (!no_login_ && !show_form_) {
      absl::Status place =
          CheckTokenPlace(session.credentials, session.connection.AddressOf(Service::kXmpp), jid_);
      if (!place.ok()) return place;
    }
    absl::Status started = filler_.Start(session.streams.in);
    if (!started.ok()) return started;
    xmpp::v1::GetRegistrationFormRequest ask;
    ask.set_server(jid_.substr(at + 1));
    GetRegistrationFormResponse form;
    absl::Status called = CallUnary(session, MethodNamed(kFormRpc), Options(session), ask, form);
    if (!called.ok()) return called;
    if (show_form_) return Show(session, form);
    return Register(session, form, jid_.substr(0, at));
  }

 private:
  static CallOptions Options(Session& session) {
    CallOptions options = OrdinaryCall(session);
    options.with_token = false;
    if (!session.settings.timeout_given) options.timeout = kRegisterTimeout;
    return options;
  }

  static absl::Status Show(Session& session, const GetRegistrationFormResponse& form) {
    if (session.output.json()) {
      session.output.Object(MessageJson(form));
      return absl::OkStatus();
    }
    if (!form.instructions().empty()) session.output.Line(form.instructions());
    if (!form.url().empty()) session.output.Line(form.url());
    Table table{{"FIELD", "REQUIRED", "WHAT"}, {}};
    for (const auto& field : FieldsOf(form)) {
      table.rows.push_back({field.name(), field.required() ? "yes" : "", field.label()});
    }
    session.output.PrintTable(table);
    return absl::OkStatus();
  }

  static const google::protobuf::RepeatedPtrField<xmpp::v1::FormField>& FieldsOf(
      const GetRegistrationFormResponse& form) {
    return form.has_form() ? form.form().fields() : form.fields();
  }

  absl::Status Register(Session& session, const GetRegistrationFormResponse& form,
                        const std::string& username) {
    if (FieldsOf(form).empty() && !form.url().empty()) {
      return MakeError(absl::StatusCode::kFailedPrecondition, kUsageReason,
                       absl::StrCat("this server registers on a web page only: ", form.url()));
    }
    if (!form.instructions().empty() && !session.output.json()) {
      session.output.Notice(form.instructions());
    }
    WarnIfShared(session.output, password_.file);
    const auto password = ReadNewPassword(password_, session.streams.in,
                                          absl::Substitute(Tr("Password of $0: "), jid_));
    if (!password.ok()) return password.status();
    const auto answers = filler_.Fill(FieldsOf(form), {"username", "password"});
    if (!answers.ok()) return answers.status();
    const auto unused = filler_.Unused();
    if (!unused.empty()) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       absl::StrCat("the server does not ask for ", absl::StrJoin(unused, ", "),
                                    "; --show-form prints what it asks for"));
    }
    xmpp::v1::RegisterRequest request;
    request.set_registration_id(form.registration_id());
    request.set_username(username);
    request.set_password(*password);
    for (const auto& answer : *answers) *request.add_answers() = answer;
    request.set_login(!no_login_);
    request.set_request_id(RandomUuid());
    // Not repeated: the server may have made the account already.
    CallOptions options = Options(session);
    options.retry = false;
    xmpp::v1::RegisterResponse response;
    absl::Status called = CallUnary(session, MethodNamed(kRegisterRpc), options, request, response);
    if (!called.ok()) return called;
    return Save(session, response);
  }

  static absl::Status Save(Session& session, const xmpp::v1::RegisterResponse& response) {
    std::string path;
    if (!response.token().empty()) {
      const auto saved = session.credentials.Save(session.connection.AddressOf(Service::kXmpp),
                                                  response.jid(), response.token());
      if (!saved.ok()) return TokenLost(response.jid(), saved.status());
      path = *saved;
    }
    if (session.output.json()) {
      session.output.Object({{"jid", response.jid()}, {"token_file", path}});
    } else if (path.empty()) {
      session.output.Line(absl::StrCat(response.jid(), " is registered"));
    } else {
      session.output.Line(
          absl::StrCat(response.jid(), " is registered and logged in; the token is in ", path));
    }
    return absl::OkStatus();
  }

  std::string jid_;
  PasswordSource password_;
  bool no_login_ = false;
  bool show_form_ = false;
  FormFiller filler_;
};

}  // namespace

std::unique_ptr<Command> MakeRegisterCommand() { return std::make_unique<RegisterCommand>(); }

}  // namespace chatwire::cli
