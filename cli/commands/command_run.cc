#include "cli/commands/command_run.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "chatwire/xmpp/v1/command_service.pb.h"
#include "cli/errors.h"
#include "cli/form.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/unary.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::RunCommandRequest;
using xmpp::v1::RunCommandResponse;

constexpr char kRpc[] = "xmpp.v1.CommandService.RunCommand";
constexpr absl::Duration kStepTimeout = absl::Seconds(40);
/// More steps than any real command has: its program goes round in circles.
constexpr int kMostSteps = 50;

constexpr char kNotes[] =
    R"help(Goes from step to step until the command is done. What a step's form asks for is taken from --field,
and the rest is asked for on the terminal; without a terminal the values that the form came with are
sent. --first-step ends after the first answer, to see what is asked for.

With --json: the last answer, {"status": "completed" | "canceled" | "executing", "form", "notes": [{"type",
"text"}], ...}, as RunCommandResponse in command_service.proto)help";

class CommandRunCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {kRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("run", "Run a command that somebody offers");
    app->add_option("JID", jid_, "Who offers it")->type_name("")->required();
    app->add_option("NODE", node_, "Which one; see `chatwire command list`")
        ->type_name("")
        ->required();
    filler_.AddTo(*app);
    app->add_flag("--first-step", first_step_, "Show the first answer and give the command up");
    app->footer(HelpText(kNotes,
                         {"command run bot@example.org/home chatwire:checkbox",
                          "command run bot@example.org/home chatwire:checkbox --field lamp=true"},
                         Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    absl::Status started = filler_.Start(session.streams.in);
    if (!started.ok()) return started;
    RunCommandRequest request;
    request.set_account(session.connection.Account());
    request.set_jid(jid_);
    request.set_node(node_);
    RunCommandResponse response;
    for (int step = 0; step < kMostSteps; ++step) {
      absl::Status called = Step(session, request, response);
      if (!called.ok()) return called;
      if (response.status() != xmpp::v1::COMMAND_STATUS_EXECUTING) return Finish(session, response);
      if (first_step_) {
        Print(session.output, response);
        return GiveUp(session, response.session_id());
      }
      absl::Status filled = Prepare(session, response, request);
      if (!filled.ok()) {
        // Who offers it should not wait for an answer that never comes.
        static_cast<void>(GiveUp(session, response.session_id()));
        return filled;
      }
    }
    static_cast<void>(GiveUp(session, response.session_id()));
    return MakeError(absl::StatusCode::kAborted, kNotAllDoneReason,
                     absl::StrCat("not done after ", kMostSteps, " steps; it was given up"));
  }

 private:
  static absl::Status Step(Session& session, RunCommandRequest& request,
                           RunCommandResponse& response) {
    request.set_request_id(RandomUuid());
    CallOptions options = OrdinaryCall(session);
    if (!session.settings.timeout_given) options.timeout = kStepTimeout;
    return CallUnary(session, MethodNamed(kRpc), options, request, response);
  }

  absl::Status Prepare(Session& session, const RunCommandResponse& response,
                       RunCommandRequest& request) {
    if (!session.output.json()) {
      for (const auto& note : response.notes()) session.output.Notice(note.text());
      if (!response.form().title().empty()) session.output.Notice(response.form().title());
      for (const auto& line : response.form().instructions()) session.output.Notice(line);
    }
    request.set_session_id(response.session_id());
    request.set_action(xmpp::v1::COMMAND_ACTION_EXECUTE);
    request.clear_form();
    if (!response.has_form()) return absl::OkStatus();
    const auto answers = filler_.Fill(response.form().fields(), {});
    if (!answers.ok()) return answers.status();
    request.mutable_form()->set_type(xmpp::v1::DATA_FORM_TYPE_SUBMIT);
    for (const auto& answer : *answers) *request.mutable_form()->add_fields() = answer;
    return absl::OkStatus();
  }

  absl::Status GiveUp(Session& session, const std::string& session_id) const {
    RunCommandRequest request;
    request.set_account(session.connection.Account());
    request.set_jid(jid_);
    request.set_node(node_);
    request.set_session_id(session_id);
    request.set_action(xmpp::v1::COMMAND_ACTION_CANCEL);
    RunCommandResponse response;
    return Step(session, request, response);
  }

  absl::Status Finish(Session& session, const RunCommandResponse& response) const {
    Print(session.output, response);
    const auto unused = filler_.Unused();
    if (!unused.empty()) {
      session.output.Notice(
          absl::StrCat("no step asked for the field ", absl::StrJoin(unused, ", ")));
    }
    for (const auto& note : response.notes()) {
      if (note.type() != xmpp::v1::COMMAND_NOTE_TYPE_ERROR) continue;
      return MakeError(absl::StatusCode::kAborted, kNotAllDoneReason,
                       absl::StrCat("the command says: ", note.text()));
    }
    return absl::OkStatus();
  }

  static void Print(Output& output, const RunCommandResponse& response) {
    if (output.json()) return output.Object(MessageJson(response));
    for (const auto& note : response.notes()) {
      if (note.type() != xmpp::v1::COMMAND_NOTE_TYPE_ERROR) output.Line(note.text());
    }
    output.Lines(FormText(response.form()));
  }

  std::string jid_;
  std::string node_;
  bool first_step_ = false;
  FormFiller filler_;
};

}  // namespace

std::unique_ptr<Command> MakeCommandRunCommand() { return std::make_unique<CommandRunCommand>(); }

}  // namespace chatwire::cli
