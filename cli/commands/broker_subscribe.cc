#include "cli/commands/broker_subscribe.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/mqtt/v1/broker_service.grpc.pb.h"
#include "cli/follow.h"
#include "cli/printable.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/request_field.h"
#include "cli/whole_number.h"

namespace chatwire::cli {
namespace {

using mqtt::v1::SubscribeResponse;

class BrokerSubscribeCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"mqtt.v1.BrokerService.Subscribe"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("subscribe", "Print what is published");
    app->add_option("FILTER", filters_, "Topics, with + and #")->type_name("")->required();
    app->add_option("--qos", qos_, "Highest QoS of delivery: 0, 1 or 2")->type_name("QOS");
    app->add_flag("--no-retained", no_retained_, "Only what is published from now on");
    app->add_option("--count", count_, "End after so many messages")
        ->type_name("NUMBER")
        ->check(FromOneOn());
    app->add_flag("--no-reconnect", no_reconnect_, "End when the connection is lost");
    app->footer(HelpText(
        "Goes on until Ctrl-C (exit code 130), --count, or until the reader of its "
        "output is gone (0).\nWhat is published during an outage is missed.\n\n"
        "With --json, one object for each message: MqttMessage of "
        "broker_service.proto with \"payload\" in\nbase64, and \"text\" where it is "
        "text.",
        {"broker subscribe 'home/#'", "broker subscribe home/door --json --count 1 | jq -r .text"},
        Rpcs()));
    return app;
  }

  JsonShape Shape() const override { return {"mqtt.v1.MqttMessage", {{"text", ""}}}; }

  absl::Status Run(Session& session) override {
    mqtt::v1::SubscribeRequest request;
    for (const std::string& filter : filters_) {
      request.add_filters()->set_filter(filter);
      if (no_retained_) {
        request.mutable_filters()->rbegin()->set_retain_handling(
            mqtt::v1::RETAIN_HANDLING_DO_NOT_SEND);
      }
    }
    if (!qos_.empty()) {
      absl::Status set = SetField(request, "filters.max_qos", {qos_}, "--qos");
      if (!set.ok()) return set;
    }
    const auto channel = session.connection.ChannelTo(Service::kMqtt);
    if (!channel.ok()) return channel.status();
    const auto stub = mqtt::v1::BrokerService::NewStub(*channel);
    bool enough = false;
    const absl::Status ended =
        Follow(session, Service::kMqtt, !no_reconnect_,
               [&](grpc::ClientContext* context, const std::function<void()>& heard) {
                 const auto reader = stub->Subscribe(context, request);
                 SubscribeResponse response;
                 while (!enough && reader->Read(&response)) {
                   heard();
                   if (response.has_message()) Print(session.output, response.message());
                   enough = count_ > 0 && printed_ >= count_;
                   const bool writable = !session.output.closed() && session.output.status().ok();
                   if (enough || !writable) context->TryCancel();
                 }
                 const grpc::Status status = reader->Finish();
                 return enough ? grpc::Status(grpc::StatusCode::ABORTED, "enough") : status;
               });
    return enough ? absl::OkStatus() : ended;
  }

 private:
  void Print(Output& output, const mqtt::v1::MqttMessage& message) {
    ++printed_;
    const bool text = IsUtf8(message.payload());
    if (!output.json()) {
      return output.Line(absl::StrCat(
          message.topic(), "  ",
          text ? message.payload() : absl::StrCat("(", message.payload().size(), " bytes)")));
    }
    nlohmann::ordered_json json = MessageJson(message);
    if (text) json["text"] = message.payload();
    output.Object(json);
  }

  std::vector<std::string> filters_;
  std::string qos_;
  bool no_retained_ = false;
  int64_t count_ = 0;
  bool no_reconnect_ = false;
  int64_t printed_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeBrokerSubscribeCommand() {
  return std::make_unique<BrokerSubscribeCommand>();
}

}  // namespace chatwire::cli
