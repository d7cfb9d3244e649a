#include "cli/commands/watch.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "cli/command.h"
#include "cli/errors.h"
#include "cli/file_sink.h"
#include "cli/follow.h"
#include "cli/format/event_format.h"
#include "cli/format/words.h"
#include "cli/input.h"
#include "cli/rpc/request_field.h"
#include "cli/shell_command.h"
#include "cli/whole_number.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

/// As many as Linux follows; more is a circle.
constexpr int kMostLinks = 40;

constexpr char kFooter[] =
    R"help(Goes on until Ctrl-C (exit code 130) or until the reader of its output is gone (0). A connection
that is lost is made again, and the stream goes on after the last event that was printed.
Without --account: every account that the token is for.
KINDS: message_received, room_message_received, connection_changed, ...: those of EventKind in
event_service.proto; a wrong one is answered with the list.

--since starts with the first stored event of that time: 2026-11-20T18:30:00Z, 2026-11-20, or how long
ago, such as 2h. --resume-file goes on where the last run with this file ended, and notes after each
event how far it is: nothing is missed, and what was under way at the end comes again.
--exec runs COMMAND by /bin/sh for each event instead of printing it, one after the other, with the
event's JSON as standard input and CHATWIRE_KIND, CHATWIRE_ACCOUNT, CHATWIRE_FROM and CHATWIRE_BODY
as variables. What others write is only there, never in the command line.

With --json, one object for each event: {"sequence", "event_id", "account", "create_time",
"kind": KIND, KIND: {...}, "resume_token"}. What happened stands under the name of its kind, with the
field names of the message of that kind in event_service.proto.

Examples:
  chatwire listen
  chatwire listen --json --kinds message_received | jq -r .message_received.body
  chatwire listen --kinds message_received --exec 'notify-send "$CHATWIRE_FROM" "$CHATWIRE_BODY"'
  chatwire listen --resume-file ~/.chatwire.position --exec ./handle-event)help";

class WatchCommand final : public Command {
 public:
  explicit WatchCommand(std::string name) : name_(std::move(name)) {}

  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.EventService.WatchEvents"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand(name_, name_ == "listen" ? "Print what happens, as it happens"
                                                       : "The same as `chatwire listen`");
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
    app->add_option("--since", since_, "Start with the events of that time")
        ->type_name("TIME")
        ->excludes(resume);
    app->add_option("--resume-file", resume_file_, "Go on where the last run with this file ended")
        ->type_name("FILE")
        ->excludes(resume);
    app->add_option("--exec", exec_, "Run this for each event instead of printing it")
        ->type_name("COMMAND");
    app->add_option("--count", count_, "End after so many events")
        ->type_name("NUMBER")
        ->check(FromOneOn());
    app->add_flag("--no-reconnect", no_reconnect_, "End when the connection is lost");
    return app;
  }

  JsonShape Shape() const override {
    return {"xmpp.v1.Event", {{"kind", ""}, {"resume_token", ""}}, true};
  }

  absl::Status Run(Session& session) override {
    const auto made = Request(session);
    if (!made.ok()) return made.status();
    xmpp::v1::WatchEventsRequest request = *made;
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::EventService::NewStub(*channel);
    const absl::Status ended =
        Follow(session, Service::kXmpp, !no_reconnect_,
               [&](grpc::ClientContext* context, const std::function<void()>& heard) {
                 const auto reader = stub->WatchEvents(context, request);
                 xmpp::v1::WatchEventsResponse response;
                 while (reader->Read(&response)) {
                   heard();
                   request.set_resume_token(response.resume_token());
                   request.set_from_beginning(false);
                   handled_ = Handle(session, response);
                   if (!handled_.ok() || Stopped(session.output)) {
                     context->TryCancel();
                     reader->Finish();
                     return grpc::Status(grpc::StatusCode::ABORTED, "stopped");
                   }
                 }
                 return reader->Finish();
               });
    if (!handled_.ok()) return handled_;
    if (ReasonOf(ended) == "BAD_RESUME_TOKEN" && !resume_file_.empty()) return NoPosition();
    return Enough() ? absl::OkStatus() : ended;
  }

 private:
  absl::StatusOr<xmpp::v1::WatchEventsRequest> Request(Session& session) {
    xmpp::v1::WatchEventsRequest request;
    request.set_account(session.settings.account);
    absl::Status checked = CheckResumeFile();
    if (!checked.ok()) return checked;
    const auto token = ResumeToken();
    if (!token.ok()) return token.status();
    request.set_resume_token(*token);
    // A position that was noted says more than a time.
    const bool by_time = token->empty() && !since_.empty();
    if (by_time) {
      google::protobuf::Timestamp since;
      absl::Status parsed = ParseTimestamp(since_, "--since", since);
      if (!parsed.ok()) return parsed;
      since_time_ = FromProto(since);
    }
    request.set_from_beginning(by_time || (token->empty() && from_beginning_));
    for (const std::string& word : kinds_) {
      const auto kind = ValueOf<xmpp::v1::EventKind>(word, "kind of event");
      if (!kind.ok()) return kind.status();
      request.add_kinds(*kind);
    }
    return request;
  }

  /// Sees to it that the position can be noted before anything is waited for.
  absl::Status CheckResumeFile() {
    if (resume_file_.empty()) return absl::OkStatus();
    // The file is replaced by each note; a link to it stays one, also to one that is not there yet.
    std::error_code error;
    for (int links = 0; links < kMostLinks && std::filesystem::is_symlink(resume_file_, error);
         ++links) {
      const std::filesystem::path link = resume_file_;
      resume_file_ = (link.parent_path() / std::filesystem::read_symlink(link, error)).string();
    }
    return CheckReplaceable(resume_file_, "position");
  }

  absl::Status NoPosition() const {
    return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                     absl::StrCat(resume_file_,
                                  " holds no position that this service has given; remove it to "
                                  "start anew, or name another --resume-file"));
  }

  absl::StatusOr<std::string> ResumeToken() const {
    if (resume_file_.empty() || !std::filesystem::exists(resume_file_)) return resume_token_;
    return ReadLineOf(resume_file_);
  }

  bool Enough() const { return count_ > 0 && printed_ >= count_; }

  bool Stopped(const Output& output) const {
    return output.closed() || !output.status().ok() || Enough();
  }

  absl::Status Handle(Session& session, const xmpp::v1::WatchEventsResponse& response) {
    // Delivery is at least once: after a reconnect an event may come again.
    const bool again = response.event().sequence() <= last_sequence_;
    if (!response.has_event() || again) return absl::OkStatus();
    last_sequence_ = response.event().sequence();
    if (FromProto(response.event().create_time()) < since_time_) return absl::OkStatus();
    ++printed_;
    absl::Status status =
        exec_.empty() ? Print(session.output, response) : Execute(session.output, response);
    if (status.ok() && !resume_file_.empty()) status = Note(response.resume_token(), session);
    return status;
  }

  static nlohmann::ordered_json JsonOf(const xmpp::v1::WatchEventsResponse& response) {
    nlohmann::ordered_json json = EventJson(response.event());
    json["resume_token"] = response.resume_token();
    return json;
  }

  static absl::Status Print(Output& output, const xmpp::v1::WatchEventsResponse& response) {
    if (output.json()) {
      output.Object(JsonOf(response));
    } else {
      output.Line(EventText(response.event()));
    }
    return absl::OkStatus();
  }

  absl::Status Execute(Output& output, const xmpp::v1::WatchEventsResponse& response) const {
    const nlohmann::ordered_json json = JsonOf(response);
    const std::string kind = json.value("kind", "");
    const nlohmann::ordered_json payload = json.value(kind, nlohmann::ordered_json::object());
    const auto text = [&](const char* name) {
      const auto found = payload.find(name);
      // A variable ends at its first zero byte, which XML cannot carry.
      return found != payload.end() && found->is_string() ? found->get<std::string>() : "";
    };
    const std::string from = text("from").empty() ? text("room") : text("from");
    const auto done = RunShell(exec_, json.dump() + "\n",
                               {{"CHATWIRE_KIND", kind},
                                {"CHATWIRE_ACCOUNT", response.event().account()},
                                {"CHATWIRE_FROM", from},
                                {"CHATWIRE_BODY", text("body")}},
                               ShellOutput::kInherit);
    if (!done.ok()) return done.status();
    if (done->exit_code != 0) {
      output.Notice(absl::StrCat("the command ended with exit code ", done->exit_code,
                                 " for event ", response.event().sequence(), "; going on"));
    }
    return absl::OkStatus();
  }

  absl::Status Note(const std::string& token, Session& session) const {
    auto sink = FileSink::Open(resume_file_, session.streams.out);
    if (!sink.ok()) return sink.status();
    absl::Status written = (*sink)->Write(token + "\n");
    return written.ok() ? (*sink)->Commit() : written;
  }

  std::string name_;
  std::string resume_token_;
  bool from_beginning_ = false;
  std::vector<std::string> kinds_;
  bool no_reconnect_ = false;
  std::string since_;
  std::string resume_file_;
  std::string exec_;
  int64_t count_ = 0;
  int64_t printed_ = 0;
  absl::Time since_time_ = absl::InfinitePast();
  absl::Status handled_;
  int64_t last_sequence_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeWatchCommand(const std::string& name) {
  return std::make_unique<WatchCommand>(name);
}

}  // namespace chatwire::cli
