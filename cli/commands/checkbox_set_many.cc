#include "cli/commands/checkbox_set_many.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "chatwire/mqtt/v1/checkbox_group_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/commands/confirmations.h"
#include "cli/errors.h"
#include "cli/format/words.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/outcome.h"
#include "cli/translate.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using mqtt::v1::CheckboxAction;
using mqtt::v1::CheckboxResult;
using mqtt::v1::SetCheckboxesRequest;
using mqtt::v1::SetCheckboxesResponse;

constexpr char kNotes[] =
    R"help(Done when the wishes are stored; they then reach the broker even if service or broker die
now. With --wait: done when all devices have reported the wanted state; when some do not within
--timeout, the exit code is 7 (NOT_CONFIRMED). A bar on standard error, on a terminal, shows how
many have. Waiting also needs the scope checkbox.read. What is wrong with one does not touch the
others.

With --json, one object for each checkbox: {"name", "checkbox": {...}, "error_reason",
"error_message", "current_version", "stage": "accepted" | "confirmed"}; without "checkbox" and
"stage" where it could not be set.)help";

std::string Doing(CheckboxAction action) {
  switch (action) {
    case mqtt::v1::CHECKBOX_ACTION_ON:
      return Tr("turning on");
    case mqtt::v1::CHECKBOX_ACTION_OFF:
      return Tr("turning off");
    default:
      return Tr("toggling");
  }
}

/// What both share.
class ManyCommand : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {"mqtt.v1.CheckboxGroupService.SetCheckboxes"};
  }

  JsonShape Shape() const override { return {"mqtt.v1.CheckboxResult", {{"stage", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto action = ValueOf<CheckboxAction>(action_, "action");
    if (!action.ok()) return action.status();
    const absl::Time deadline = absl::Now() + session.settings.timeout;
    std::unique_ptr<Interrupt> interrupt;
    if (wait_) {
      auto started = Interrupt::Start(/*output_fd=*/-1);
      if (!started.ok()) return started.status();
      interrupt = *std::move(started);
    }
    SetCheckboxesResponse response;
    const absl::Status called = Set(session, *action, interrupt.get(), response);
    if (!called.ok()) return called;
    Confirmations confirmations(response);
    absl::Status done;
    if (wait_) {
      done = AwaitConfirmations(session, *interrupt, Doing(*action), deadline, confirmations);
    }
    if (HasReason(done, kInterruptedReason)) return done;
    Print(session.output, response, confirmations);
    if (done.ok()) done = OutcomeOf(response);
    return done.ok() && wait_ ? AllConfirmed(confirmations) : done;
  }

 protected:
  void AddOptions(CLI::App& app, const std::string& example) {
    app.add_flag("--wait", wait_, "Wait for the devices' reports");
    app.add_option("--request-id", request_id_, "UUID that makes a repetition safe")
        ->type_name("UUID");
    app.footer(HelpText(kNotes, {example, example + " --wait --timeout 30s"}, Rpcs()));
  }

  std::string action_;

 private:
  /// Which ones.
  virtual void Fill(SetCheckboxesRequest& request, CheckboxAction action) const = 0;

  absl::Status Set(Session& session, CheckboxAction action, Interrupt* interrupt,
                   SetCheckboxesResponse& response) const {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxGroupService::NewStub(*channel);
    SetCheckboxesRequest request;
    request.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    Fill(request, action);
    CallOptions options = OrdinaryCall(session);
    options.interrupt = interrupt;
    return Call(session, Service::kMqtt, options, [&](grpc::ClientContext* context) {
      return stub->SetCheckboxes(context, request, &response);
    });
  }

  void Print(Output& output, const SetCheckboxesResponse& response,
             const Confirmations& confirmations) const {
    Table table{{"CHECKBOX", "WANTED", "WHY NOT"}, {}};
    for (CheckboxResult result : response.results()) {
      const bool confirmed = confirmations.IsConfirmed(result.name());
      std::string wanted;
      std::string why_not = result.error_message();
      if (result.has_checkbox()) {
        wanted = WordOf(result.checkbox().desired());
        if (wait_ && !confirmed) why_not = "not confirmed";
        *result.mutable_checkbox() = confirmations.Now(result.name());
      }
      table.rows.push_back({result.name(), wanted, why_not});
      if (!output.json()) continue;
      nlohmann::ordered_json json = MessageJson(result);
      if (result.has_checkbox()) json["stage"] = confirmed ? "confirmed" : "accepted";
      output.Object(json);
    }
    if (!output.json()) output.PrintTable(table);
  }

  static absl::Status AllConfirmed(const Confirmations& confirmations) {
    const std::vector<std::string> names = confirmations.Unconfirmed();
    if (names.empty()) return absl::OkStatus();
    return MakeError(
        absl::StatusCode::kDeadlineExceeded, kNotConfirmedReason,
        absl::Substitute(Tr("stored, but these have not reported the wanted state: $0"),
                         absl::StrJoin(names, ", ")));
  }

  bool wait_ = false;
  std::string request_id_;
};

class SetManyCommand final : public ManyCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("set-many", "Turn several checkboxes on or off");
    app->add_option("CHECKBOX", names_, "Names of checkboxes")->type_name("")->required();
    app->add_option("--to", action_, "on, off or toggle")->type_name("ACTION")->required();
    AddOptions(*app, "checkbox set-many lamp fan --to off");
    return app;
  }

 private:
  void Fill(SetCheckboxesRequest& request, CheckboxAction action) const override {
    for (const std::string& name : names_) {
      auto& wish = *request.add_wishes();
      wish.set_name(name);
      wish.set_action(action);
    }
  }

  std::vector<std::string> names_;
};

class SetLabelCommand final : public ManyCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("set-label", "Turn all checkboxes with a label on or off");
    app->add_option("LABEL", label_, "The label")->type_name("")->required();
    app->add_option("ACTION", action_, "on, off or toggle")->type_name("")->required();
    AddOptions(*app, "checkbox set-label kitchen off");
    return app;
  }

 private:
  void Fill(SetCheckboxesRequest& request, CheckboxAction action) const override {
    request.set_label(label_);
    request.set_action(action);
  }

  std::string label_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxSetManyCommand() { return std::make_unique<SetManyCommand>(); }

std::unique_ptr<Command> MakeCheckboxSetLabelCommand() {
  return std::make_unique<SetLabelCommand>();
}

}  // namespace chatwire::cli
