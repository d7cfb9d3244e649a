#include "cli/commands/send.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "chatwire/xmpp/v1/chat_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/command.h"
#include "cli/errors.h"
#include "cli/format/words.h"
#include "cli/input.h"
#include "cli/message_body.h"
#include "cli/wait.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::DeliveryStage;

constexpr char kFooter[] =
    R"help(A BODY of `-` is read from standard input; one line break at its end is left out.
--wait accepted (default): done when the service has stored the message; it is then sent as soon
as the account is online. --wait ack: done when the account's XMPP server has taken it; when that
does not come about within --timeout the exit code is 7 (NO_ACK), and the message is still sent later.
--stdin sends each line of standard input as a message of its own, as soon as the line is there; empty
lines are left out, and the first error ends it.
Sending again with the same --request-id (a UUID) sends nothing twice.

With --json: {"message_id", "request_id", "stage": "accepted" | "server_ack" | "failed",
"accept_time", "replayed"}

Examples:
  chatwire send alice@example.org "lamp on"
  uptime | chatwire send alice@example.org - --wait ack
  tail -f door.log | chatwire send alice@example.org --stdin)help";

class SendCommand final : public Command {
 public:
  std::vector<std::string> Rpcs() const override { return {"xmpp.v1.ChatService.SendMessage"}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("send", "Send a chat message");
    app->footer(kFooter);
    app->add_option("JID", to_, "JID of the recipient")->type_name("")->required();
    body_option_ = app->add_option("BODY", body_, "Text, or - for standard input")->type_name("");
    auto* const lines = app->add_flag("--stdin", lines_, "Send each line of standard input");
    lines->excludes(body_option_);
    app->add_option("--wait", wait_, "What to wait for: accepted or ack")
        ->type_name("STAGE")
        ->check(CLI::IsMember({"accepted", "ack"}))
        ->capture_default_str();
    app->add_option("--request-id", request_id_, "UUID that makes a repetition safe")
        ->type_name("UUID")
        ->excludes(lines);
    return app;
  }

  JsonShape Shape() const override { return {"xmpp.v1.SendMessageResponse", {{"request_id", ""}}}; }

  absl::Status Run(Session& session) override {
    if (lines_) {
      return ForEachLine(session.streams.in, [&](const std::string& line) {
        return line.empty() ? absl::OkStatus() : Send(session, line);
      });
    }
    if (body_option_->count() == 0) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       "BODY is required; see `chatwire send --help`");
    }
    const auto body =
        body_ == "-" ? ReadMessageBody(session.streams.in) : absl::StatusOr<std::string>(body_);
    if (!body.ok()) return body.status();
    return Send(session, *body);
  }

 private:
  absl::Status Send(Session& session, const std::string& body) {
    const xmpp::v1::SendMessageRequest request = Request(session, body);
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::ChatService::NewStub(*channel);
    xmpp::v1::SendMessageResponse response;
    const CallOptions options = wait_ == "ack" ? WaitingCall(session) : OrdinaryCall(session);
    const absl::Status called =
        Call(session, Service::kXmpp, options, [&](grpc::ClientContext* context) {
          return stub->SendMessage(context, request, &response);
        });
    if (!called.ok()) return called;
    Print(session.output, request.request_id(), response);
    if (response.stage() != xmpp::v1::DELIVERY_STAGE_FAILED) return absl::OkStatus();
    return MakeError(absl::StatusCode::kAborted, kMessageFailedReason,
                     absl::StrCat("the XMPP server gave the message back; see the event "
                                  "message_failed of ",
                                  response.message_id(), " in `chatwire listen --from-beginning`"));
  }

  xmpp::v1::SendMessageRequest Request(Session& session, const std::string& body) const {
    xmpp::v1::SendMessageRequest request;
    request.set_account(session.connection.Account());
    request.set_to(to_);
    request.set_body(body);
    request.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    if (wait_ == "ack") {
      request.set_wait_for(xmpp::v1::DELIVERY_STAGE_SERVER_ACK);
      *request.mutable_wait_timeout() = WaitTimeout(session);
    } else {
      request.set_wait_for(xmpp::v1::DELIVERY_STAGE_ACCEPTED);
    }
    return request;
  }

  static void Print(Output& output, const std::string& request_id,
                    const xmpp::v1::SendMessageResponse& response) {
    if (output.json()) {
      output.Object({{"message_id", response.message_id()},
                     {"request_id", request_id},
                     {"stage", WordOf(response.stage())},
                     {"accept_time", JsonTime(response.accept_time())},
                     {"replayed", response.replayed()}});
      return;
    }
    output.Line(absl::StrCat(WordOf(response.stage()), " ", response.message_id(),
                             response.replayed() ? " (was accepted before)" : ""));
  }

  std::string to_;
  std::string body_;
  CLI::Option* body_option_ = nullptr;
  bool lines_ = false;
  std::string wait_ = "accepted";
  std::string request_id_;
};

}  // namespace

std::unique_ptr<Command> MakeSendCommand() { return std::make_unique<SendCommand>(); }

}  // namespace chatwire::cli
