#include "cli/commands/watch.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "cli/follow.h"
#include "cli/format/event_format.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] =
    R"help(Goes on until Ctrl-C (exit code 130) or until the reader of its output is gone (0). A connection
that is lost is made again, and the stream goes on after the last event that was printed.
Without --account: every account that the token is for.
KINDS: message_received, message_sent, message_acknowledged, message_failed, chat_state_received,
connection_changed, presence_received, contact_changed.

With --json, one object for each event: {"sequence", "event_id", "account", "create_time",
"kind": KIND, KIND: {...}, "resume_token"}. What happened stands under the name of its kind, with the
field names of the message of that kind in event_service.proto.

Examples:
  chatwire watch
  chatwire watch --json --kinds message_received | jq -r .message_received.body
  chatwire watch --resume "$(cat last-token)")help";

class WatchCommand final : public Command {
 public:
  explicit WatchCommand(std::string name) : name_(std::move(name)) {}

  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.EventService.WatchEvents"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand(name_, "Print what happens, as it happens");
    app->footer(kFooter);
    auto* const resume =
        app->add_option("--resume", resume_token_, "Go on after the event with this resume_token")
            ->type_name("TOKEN");
    app->add_flag("--from-beginning", from_beginning_, "Start with the oldest stored event")
        ->excludes(resume);
    app->add_option("--kinds", kinds_, "Only these kinds of event, with commas between")
        ->type_name("KIND,...")
        ->delimiter(',')
        ->allow_extra_args(false);
    app->add_flag("--no-reconnect", no_reconnect_, "End when the connection is lost");
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto made = Request(session);
    if (!made.ok()) return made.status();
    xmpp::v1::WatchEventsRequest request = *made;
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::EventService::NewStub(*channel);
    return Follow(session, Service::kXmpp, !no_reconnect_,
                  [&](grpc::ClientContext* context, const std::function<void()>& heard) {
                    const auto reader = stub->WatchEvents(context, request);
                    xmpp::v1::WatchEventsResponse response;
                    while (reader->Read(&response)) {
                      heard();
                      request.set_resume_token(response.resume_token());
                      Print(session.output, response);
                      if (Stopped(session.output)) context->TryCancel();
                    }
                    return reader->Finish();
                  });
  }

 private:
  absl::StatusOr<xmpp::v1::WatchEventsRequest> Request(Session& session) {
    xmpp::v1::WatchEventsRequest request;
    request.set_account(session.settings.account);
    request.set_resume_token(resume_token_);
    request.set_from_beginning(from_beginning_);
    for (const std::string& word : kinds_) {
      const auto kind = ValueOf<xmpp::v1::EventKind>(word, "kind of event");
      if (!kind.ok()) return kind.status();
      request.add_kinds(*kind);
    }
    return request;
  }

  static bool Stopped(const Output& output) { return output.closed() || !output.status().ok(); }

  void Print(Output& output, const xmpp::v1::WatchEventsResponse& response) {
    // Delivery is at least once: after a reconnect an event may come again.
    if (!response.has_event() || response.event().sequence() <= last_sequence_) return;
    last_sequence_ = response.event().sequence();
    if (!output.json()) return output.Line(EventText(response.event()));
    nlohmann::ordered_json json = EventJson(response.event());
    json["resume_token"] = response.resume_token();
    output.Object(json);
  }

  std::string name_;
  std::string resume_token_;
  bool from_beginning_ = false;
  std::vector<std::string> kinds_;
  bool no_reconnect_ = false;
  int64_t last_sequence_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeWatchCommand(const std::string& name) {
  return std::make_unique<WatchCommand>(name);
}

}  // namespace chatwire::cli
