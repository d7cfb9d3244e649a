#include "cli/commands/checkbox_watch.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/follow.h"
#include "cli/format/checkbox_format.h"

namespace chatwire::cli {
namespace {

using mqtt::v1::WatchCheckboxesResponse;

constexpr char kFooter[] =
    R"help(Prints each checkbox as it is, then each one whenever it changes. Goes on until Ctrl-C (exit code
130) or until the reader of its output is gone (0), also over lost connections.

With --json, one object for each change: the checkbox as in `chatwire checkbox list`, and
"deleted": false, "resume_token"; of one that is gone only {"name", "deleted": true, "resume_token"}.

Examples:
  chatwire checkbox watch
  chatwire checkbox watch lamp --json | jq -r .reported)help";

class CheckboxWatchCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override {
    return {"mqtt.v1.CheckboxService.WatchCheckboxes"};
  }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("watch", "Print checkboxes whenever they change");
    app->footer(kFooter);
    app->add_option("CHECKBOX", names_, "Only these checkboxes")->type_name("");
    app->add_option("--resume", resume_token_, "Only changes after this resume_token")
        ->type_name("TOKEN");
    app->add_flag("--no-reconnect", no_reconnect_, "End when the connection is lost");
    return app;
  }

  JsonShape Shape() const override {
    return {"mqtt.v1.Checkbox", {{"virtual", ""}, {"deleted", ""}, {"resume_token", ""}}};
  }

  absl::Status Run(Session& session) override {
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
    mqtt::v1::WatchCheckboxesRequest request;
    for (const std::string& name : names_) request.add_names(name);
    request.set_resume_token(resume_token_);
    return Follow(session, Service::kMqtt, !no_reconnect_,
                  [&](grpc::ClientContext* context, const std::function<void()>& heard) {
                    const auto reader = stub->WatchCheckboxes(context, request);
                    WatchCheckboxesResponse response;
                    while (reader->Read(&response)) {
                      heard();
                      request.set_resume_token(response.resume_token());
                      Print(session.output, response);
                      const bool stopped = session.output.closed() || !session.output.status().ok();
                      if (stopped) context->TryCancel();
                    }
                    return reader->Finish();
                  });
  }

 private:
  static void Print(Output& output, const WatchCheckboxesResponse& response) {
    const bool removed = response.update_case() == WatchCheckboxesResponse::kDeletedName;
    if (response.update_case() == WatchCheckboxesResponse::UPDATE_NOT_SET) return;
    if (!output.json()) {
      return output.Line(removed ? absl::StrCat(response.deleted_name(), " is deleted")
                                 : CheckboxText(response.checkbox()));
    }
    nlohmann::ordered_json json = removed
                                      ? nlohmann::ordered_json{{"name", response.deleted_name()}}
                                      : CheckboxJson(response.checkbox());
    json["deleted"] = removed;
    json["resume_token"] = response.resume_token();
    output.Object(json);
  }

  std::vector<std::string> names_;
  std::string resume_token_;
  bool no_reconnect_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeCheckboxWatchCommand() {
  return std::make_unique<CheckboxWatchCommand>();
}

}  // namespace chatwire::cli
