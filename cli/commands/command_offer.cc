#include "cli/commands/command_offer.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "chatwire/xmpp/v1/command_service.grpc.pb.h"
#include "cli/errors.h"
#include "cli/follow.h"
#include "cli/format/words.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/unary.h"
#include "cli/shell_command.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::AnswerCommandRequest;
using xmpp::v1::CommandRequested;
using xmpp::v1::OfferCommandsResponse;

constexpr char kOfferRpc[] = "xmpp.v1.CommandService.OfferCommands";
constexpr char kAnswerRpc[] = "xmpp.v1.CommandService.AnswerCommand";
constexpr size_t kLongestNote = 4096;

constexpr char kNotes[] =
    R"help(Offers a command in the account's name until Ctrl-C. Whoever runs it (from the menu of a chat program,
or by `chatwire command run`) is answered by PROGRAM, which /bin/sh runs:

  standard input       {"session_id", "step", "node", "from", "from_contact", "action", "form", "language"}
  CHATWIRE_FROM, CHATWIRE_STEP, CHATWIRE_NODE, and CHATWIRE_FIELD_name for each field filled in
  standard output      the answer: plain text, or JSON of an AnswerCommandRequest (command_service.proto)
                       with "continues" (a form to fill in), "completes", "fails" or "cancels"
  exit code            not 0: the command failed, and the text says why

--ask NAME=LABEL puts a field to fill in before PROGRAM runs.

With --json, one object for each step: {"requested": {...}, "answered": "completes" | ...}, and
{"offered"}, {"ended"} as in OfferCommandsResponse)help";

class CommandOfferCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {kOfferRpc, kAnswerRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("offer", "Offer a command that a program of yours runs");
    app->add_option("NODE", node_, "Its name in the protocol")->type_name("")->required();
    app->add_option("--exec", program_, "What runs at each step")->type_name("PROGRAM")->required();
    app->add_option("--title", title_, "Its name for people (else: NODE)")->type_name("TEXT");
    app->add_option("--ask", ask_, "A field to fill in first; may be given several times")
        ->type_name("NAME=LABEL")
        ->allow_extra_args(false);
    app->add_option("--for", audience_, "Who may run it: contacts, listed or everybody")
        ->type_name("WHOM");
    app->add_option("--allow", allowed_,
                    "For listed: a JID or a domain; may be given several times")
        ->type_name("JID")
        ->allow_extra_args(false);
    app->footer(HelpText(kNotes,
                         {"command offer uptime --title 'How long it runs' --exec uptime",
                          "command offer say --ask text='What to say' --exec 'espeak "
                          "\"$CHATWIRE_FIELD_text\"'"},
                         Rpcs()));
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto offer = Offer(session);
    if (!offer.ok()) return offer.status();
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::CommandService::NewStub(*channel);
    return Follow(session, Service::kXmpp, true,
                  [&](grpc::ClientContext* context, const std::function<void()>& heard) {
                    const auto reader = stub->OfferCommands(context, *offer);
                    OfferCommandsResponse response;
                    while (reader->Read(&response)) {
                      heard();
                      Handle(session, response);
                      if (session.output.closed()) context->TryCancel();
                    }
                    return reader->Finish();
                  });
  }

 private:
  absl::StatusOr<xmpp::v1::OfferCommandsRequest> Offer(Session& session) const {
    xmpp::v1::OfferCommandsRequest offer;
    offer.set_account(session.connection.Account());
    offer.add_commands()->set_node(node_);
    offer.mutable_commands(0)->set_name(title_.empty() ? node_ : title_);
    for (const std::string& jid : allowed_) offer.add_allowed_jids(jid);
    for (const std::string& pair : ask_) {
      if (pair.find('=') != std::string::npos) continue;
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       absl::StrCat("--ask takes NAME=LABEL, not \"", pair, "\""));
    }
    const std::string word =
        audience_.empty() ? (allowed_.empty() ? "contacts" : "listed") : audience_;
    const auto audience = ValueOf<xmpp::v1::CommandAudience>(word, "audience");
    if (!audience.ok()) return audience.status();
    offer.set_audience(*audience);
    return offer;
  }

  void Handle(Session& session, const OfferCommandsResponse& response) const {
    Output& output = session.output;
    if (response.has_requested()) return Answer(session, response.requested());
    if (output.json() && (response.has_offered() || response.has_ended())) {
      output.Object(MessageJson(response));
    } else if (response.has_offered()) {
      output.Line(response.offered().jid().empty()
                      ? "the account is offline; offered as soon as it is back"
                      : absl::StrCat("offered at ", response.offered().jid()));
    } else if (response.has_ended()) {
      output.Line(
          absl::StrCat(response.ended().node(), " ended: ", WordOf(response.ended().reason())));
    }
  }

  void Answer(Session& session, const CommandRequested& step) const {
    AnswerCommandRequest answer;
    if (!ask_.empty() && step.step() == 1) {
      *answer.mutable_continues() = Question();
    } else {
      answer = RunProgram(step);
    }
    answer.set_account(session.connection.Account());
    answer.set_session_id(step.session_id());
    answer.set_step(step.step());
    answer.set_request_id(RandomUuid());
    xmpp::v1::AnswerCommandResponse response;
    const absl::Status called =
        CallUnary(session, MethodNamed(kAnswerRpc), OrdinaryCall(session), answer, response);
    // The person has waited too long or left; the next one may not.
    if (!called.ok()) session.output.Notice(std::string(called.message()));
    const auto* const kind = AnswerCommandRequest::descriptor()->oneof_decl(0);
    const std::string word = answer.GetReflection()->GetOneofFieldDescriptor(answer, kind)->name();
    if (session.output.json()) {
      session.output.Object({{"requested", MessageJson(step)}, {"answered", word}});
    } else {
      session.output.Line(
          absl::StrCat(step.from(), ": step ", step.step(), " of ", step.node(), ": ", word));
    }
  }

  xmpp::v1::CommandContinues Question() const {
    xmpp::v1::CommandContinues question;
    auto& form = *question.mutable_form();
    form.set_type(xmpp::v1::DATA_FORM_TYPE_FORM);
    form.set_title(title_.empty() ? node_ : title_);
    for (const std::string& pair : ask_) {
      const size_t equals = pair.find('=');
      auto& field = *form.add_fields();
      field.set_name(pair.substr(0, equals));
      field.set_label(pair.substr(equals + 1));
      field.set_type(xmpp::v1::FORM_FIELD_TYPE_TEXT_SINGLE);
    }
    return question;
  }

  AnswerCommandRequest RunProgram(const CommandRequested& step) const {
    std::map<std::string, std::string> variables = {{"CHATWIRE_FROM", step.from()},
                                                    {"CHATWIRE_STEP", absl::StrCat(step.step())},
                                                    {"CHATWIRE_NODE", step.node()}};
    for (const auto& field : step.form().fields()) {
      // A variable ends at a zero byte, and its name at an `=`: XML and the loop below have
      // neither.
      if (field.name().find('=') != std::string::npos || field.values().empty()) continue;
      variables["CHATWIRE_FIELD_" + field.name()] = field.values(0);
    }
    const auto done =
        RunShell(program_, MessageJson(step).dump() + "\n", variables, ShellOutput::kCapture);
    AnswerCommandRequest answer;
    if (!done.ok()) {
      answer.mutable_fails()->set_error(xmpp::v1::COMMAND_ERROR_INTERNAL);
      return answer;
    }
    const bool json = !done->output.empty() && done->output.front() == '{';
    if (json && google::protobuf::util::JsonStringToMessage(done->output, &answer).ok() &&
        answer.answer_case() != AnswerCommandRequest::ANSWER_NOT_SET) {
      return answer;
    }
    const std::string text =
        std::string(absl::StripSuffix(done->output, "\n")).substr(0, kLongestNote);
    if (done->exit_code != 0) {
      answer.mutable_fails()->set_error(xmpp::v1::COMMAND_ERROR_INTERNAL);
      answer.mutable_fails()->set_text(text);
    } else {
      answer.mutable_completes()->add_notes()->set_text(text.empty() ? "done" : text);
    }
    return answer;
  }

  std::string node_;
  std::string program_;
  std::string title_;
  std::vector<std::string> ask_;
  std::string audience_;
  std::vector<std::string> allowed_;
};

}  // namespace

std::unique_ptr<Command> MakeCommandOfferCommand() {
  return std::make_unique<CommandOfferCommand>();
}

}  // namespace chatwire::cli
