#include "cli/commands/checkbox_get.h"

#include <nlohmann/json.hpp>

#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/checkbox_format.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] = R"help(With --json: the checkbox, as in `chatwire checkbox list`

Examples:
  chatwire checkbox get lamp
  test "$(chatwire checkbox get lamp --json | jq -r .reported)" = on)help";

class CheckboxGetCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"mqtt.v1.CheckboxService.GetCheckbox"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("get", "Show one checkbox");
    app->footer(kFooter);
    app->add_option("CHECKBOX", name_, "Name of the checkbox")->type_name("")->required();
    return app;
  }

  JsonShape Shape() const override { return {"mqtt.v1.Checkbox", {{"virtual", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    mqtt::v1::GetCheckboxRequest request;
    request.set_name(name_);
    mqtt::v1::GetCheckboxResponse response;
    const absl::Status called =
        Call(session, Service::kMqtt, OrdinaryCall(session), [&](grpc::ClientContext* context) {
          return stub->GetCheckbox(context, request, &response);
        });
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object(CheckboxJson(response.checkbox()));
    } else {
      session.output.Line(CheckboxText(response.checkbox()));
      for (const std::string& line : DeviceLines(response.checkbox())) session.output.Line(line);
    }
    return absl::OkStatus();
  }

 private:
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxGetCommand() { return std::make_unique<CheckboxGetCommand>(); }

}  // namespace chatwire::cli
