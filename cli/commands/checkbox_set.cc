#include "cli/commands/checkbox_set.h"

#include <array>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/checkbox_format.h"
#include "cli/format/words.h"
#include "cli/wait.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kSetFooter[] =
    R"help(Done when the wish is stored; it then reaches the broker even if service or broker die now. With
--wait: done when the device has reported the wanted state; when it does not within --timeout, the
exit code is 7 (NOT_CONFIRMED).
Setting again with the same --request-id (a UUID) changes nothing twice.

With --json: {"checkbox": {...} as in `chatwire checkbox list`, "stage": "accepted" | "confirmed",
"request_id", "replayed"}

Examples:
  chatwire checkbox set lamp on
  chatwire checkbox set lamp off --wait --timeout 5s
  chatwire checkbox set lamp on --expected-version 4)help";

struct ActionWords {
  const char* name;
  const char* about;
  const char* example;
};

constexpr std::array<ActionWords, 3> kActions = {
    ActionWords{"toggle", "Turn a checkbox to its opposite", "checkbox toggle lamp --wait"},
    ActionWords{"on", "Turn a checkbox on", "on lamp"},
    ActionWords{"off", "Turn a checkbox off", "off lamp --wait"}};

/// What `set` and `toggle` share.
class ChangeCommand : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"mqtt.v1.CheckboxService.SetCheckbox"}; }

  JsonShape Shape() const override { return {"mqtt.v1.SetCheckboxResponse", {{"request_id", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto action = ValueOf<mqtt::v1::CheckboxAction>(action_, "action");
    if (!action.ok()) return action.status();
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    const mqtt::v1::SetCheckboxRequest request = Request(session, *action);
    mqtt::v1::SetCheckboxResponse response;
    const CallOptions options = wait_ ? WaitingCall(session) : OrdinaryCall(session);
    const absl::Status called =
        Call(session, Service::kMqtt, options, [&](grpc::ClientContext* context) {
          return stub->SetCheckbox(context, request, &response);
        });
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object({{"checkbox", CheckboxJson(response.checkbox())},
                             {"stage", WordOf(response.stage())},
                             {"request_id", request.request_id()},
                             {"replayed", response.replayed()}});
    } else {
      session.output.Line(CheckboxText(response.checkbox()));
    }
    return absl::OkStatus();
  }

 protected:
  explicit ChangeCommand(std::string action) : action_(std::move(action)) {}

  void AddName(CLI::App& app) {
    app.add_option("CHECKBOX", name_, "Name of the checkbox")->type_name("")->required();
  }

  void AddOptions(CLI::App& app) {
    app.add_flag("--wait", wait_, "Wait for the device's report");
    app.add_option("--expected-version", version_, "Only if this is its version")
        ->type_name("NUMBER");
    app.add_option("--request-id", request_id_, "UUID that makes a repetition safe")
        ->type_name("UUID");
  }

  std::string action_;

 private:
  mqtt::v1::SetCheckboxRequest Request(Session& session, mqtt::v1::CheckboxAction action) const {
    mqtt::v1::SetCheckboxRequest request;
    request.set_name(name_);
    request.set_action(action);
    request.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    request.set_expected_version(version_);
    request.set_wait_for(wait_ ? mqtt::v1::CONFIRMATION_STAGE_CONFIRMED
                               : mqtt::v1::CONFIRMATION_STAGE_ACCEPTED);
    if (wait_) *request.mutable_wait_timeout() = WaitTimeout(session);
    return request;
  }

  std::string name_;
  bool wait_ = false;
  int64_t version_ = 0;
  std::string request_id_;
};

class SetCommand final : public ChangeCommand {
 public:
  SetCommand() : ChangeCommand("") {}

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("set", "Turn a checkbox on or off");
    app->footer(kSetFooter);
    AddName(*app);
    app->add_option("ACTION", action_, "on, off or toggle")->type_name("")->required();
    AddOptions(*app);
    return app;
  }
};

class ActionCommand final : public ChangeCommand {
 public:
  explicit ActionCommand(const ActionWords& words) : ChangeCommand(words.name), words_(words) {}

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand(words_.name, words_.about);
    app->footer(HelpText(absl::StrCat("The same as `chatwire checkbox set CHECKBOX ", words_.name,
                                      "`, with the same options."),
                         {words_.example}, Rpcs()));
    AddName(*app);
    AddOptions(*app);
    return app;
  }

 private:
  ActionWords words_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxSetCommand() { return std::make_unique<SetCommand>(); }

std::unique_ptr<Command> MakeCheckboxActionCommand(const std::string& name) {
  for (const ActionWords& words : kActions) {
    if (words.name == name) return std::make_unique<ActionCommand>(words);
  }
  return nullptr;
}

}  // namespace chatwire::cli
