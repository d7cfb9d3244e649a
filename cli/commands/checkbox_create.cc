#include "cli/commands/checkbox_create.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/checkbox_format.h"
#include "cli/groups/device_arguments.h"
#include "cli/rpc/argument_set.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] =
    R"help(NAME has 1 to 64 characters of a-z, 0-9, _ and -. A virtual checkbox has no device: what is
wanted is at once what is reported. A device that does not know the service's topics is named by a
preset, or by where it is asked and heard; `chatwire checkbox device` does the same later.

With --json: the checkbox, as in `chatwire checkbox list`

Examples:
  chatwire checkbox create lamp --title "Lamp in the hall"
  chatwire checkbox create party-mode --virtual
  chatwire checkbox create plug --preset tasmota --topic hall-plug)help";

class CheckboxCreateCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {"mqtt.v1.CheckboxService.CreateCheckbox"};
  }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("create", "Make a checkbox");
    app->footer(kFooter);
    app->add_option("CHECKBOX", name_, "Name of the checkbox")->type_name("")->required();
    app->add_option("--title", title_, "What people call it, up to 128 bytes")->type_name("TEXT");
    app->add_flag("--virtual", virtual_, "There is no device");
    device_.AddTo(*app, device_arguments_);
    return app;
  }

  JsonShape Shape() const override { return {"mqtt.v1.Checkbox", {{"virtual", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    mqtt::v1::CreateCheckboxRequest request;
    request.set_name(name_);
    request.set_title(title_);
    request.set_virtual_device(virtual_);
    request.set_request_id(RandomUuid());
    const absl::Status filled = device_.Fill(session, request);
    if (!filled.ok()) return filled;
    mqtt::v1::CreateCheckboxResponse response;
    const absl::Status called =
        Call(session, Service::kMqtt, OrdinaryCall(session), [&](grpc::ClientContext* context) {
          return stub->CreateCheckbox(context, request, &response);
        });
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object(CheckboxJson(response.checkbox()));
    } else {
      session.output.Line(absl::StrCat("created ", response.checkbox().name()));
    }
    return absl::OkStatus();
  }

 private:
  std::string name_;
  std::string title_;
  bool virtual_ = false;
  const std::vector<Argument> device_arguments_ = DeviceArguments("device", /*required=*/false);
  ArgumentSet device_;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxCreateCommand() {
  return std::make_unique<CheckboxCreateCommand>();
}

}  // namespace chatwire::cli
