#include "cli/commands/checkbox_list.h"

#include <nlohmann/json.hpp>

#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/checkbox_format.h"
#include "cli/page_progress.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr int kPageSize = 500;

constexpr char kFooter[] = R"help(STATE is what the device reported, WANTED what was asked for last.

With --json, one object for each checkbox: {"name", "title", "desired", "reported", "pending",
"availability", "virtual", "version", "create_time", "report_time", "last_change": {"source", "actor",
"change_time"}, "aliases": [{"language", "text"}], "labels"}; states are "on", "off" and "unknown"; the
last four only where they apply.

Examples:
  chatwire checkbox list
  chatwire checkbox list --json | jq -r 'select(.reported == "on").name')help";

class CheckboxListCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {"mqtt.v1.CheckboxService.ListCheckboxes"};
  }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("list", "List the checkboxes");
    app->footer(kFooter);
    return app;
  }

  JsonShape Shape() const override { return {"mqtt.v1.Checkbox", {{"virtual", ""}}}; }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    std::vector<mqtt::v1::Checkbox> checkboxes;
    mqtt::v1::ListCheckboxesRequest request;
    request.set_page_size(kPageSize);
    CallOptions options = OrdinaryCall(session);
    PageProgress progress(session.streams.error, Tr("checkboxes"));
    while (true) {
      mqtt::v1::ListCheckboxesResponse response;
      absl::Status status =
          Call(session, Service::kMqtt, options, [&](grpc::ClientContext* context) {
            return stub->ListCheckboxes(context, request, &response);
          });
      if (!status.ok()) return status;
      checkboxes.insert(checkboxes.end(), response.checkboxes().begin(),
                        response.checkboxes().end());
      if (response.next_page_token().empty()) break;
      request.set_page_token(response.next_page_token());
      status = progress.More(static_cast<int64_t>(checkboxes.size()), 0, options);
      if (!status.ok()) return status;
    }
    progress.End();
    if (!session.output.json()) {
      session.output.PrintTable(CheckboxTable(checkboxes));
      return absl::OkStatus();
    }
    for (const auto& checkbox : checkboxes) session.output.Object(CheckboxJson(checkbox));
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxListCommand() {
  return std::make_unique<CheckboxListCommand>();
}

}  // namespace chatwire::cli
