#include "cli/commands/checkbox_delete.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] = R"help(With --json: {"name", "deleted": true}

Examples:
  chatwire checkbox delete lamp
  chatwire checkbox delete lamp --expected-version 4)help";

class CheckboxDeleteCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {"mqtt.v1.CheckboxService.DeleteCheckbox"};
  }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("delete", "Remove a checkbox");
    app->footer(kFooter);
    app->add_option("CHECKBOX", name_, "Name of the checkbox")->type_name("")->required();
    app->add_option("--expected-version", version_, "Only if this is its version")
        ->type_name("NUMBER");
    return app;
  }

  JsonShape Shape() const override { return {"", {{"name", ""}, {"deleted", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    mqtt::v1::DeleteCheckboxRequest request;
    request.set_name(name_);
    request.set_expected_version(version_);
    request.set_request_id(RandomUuid());
    mqtt::v1::DeleteCheckboxResponse response;
    const absl::Status called =
        Call(session, Service::kMqtt, OrdinaryCall(session), [&](grpc::ClientContext* context) {
          return stub->DeleteCheckbox(context, request, &response);
        });
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object({{"name", name_}, {"deleted", true}});
    } else {
      session.output.Line(absl::StrCat("deleted ", name_));
    }
    return absl::OkStatus();
  }

 private:
  std::string name_;
  int64_t version_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxDeleteCommand() {
  return std::make_unique<CheckboxDeleteCommand>();
}

}  // namespace chatwire::cli
