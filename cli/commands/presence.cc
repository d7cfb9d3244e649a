#include "cli/commands/presence.h"

#include <nlohmann/json.hpp>

#include "chatwire/xmpp/v1/presence_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/format/contact_format.h"
#include "cli/format/words.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

constexpr char kFooter[] =
    R"help(AVAILABILITY is online, chat, away, extended_away (or xa), do_not_disturb (or dnd), or offline:
connected, shown as offline. The service keeps it over reconnects and restarts.

With --json: {"account": JID, "presence": {"availability", "status", "priority"}}

Examples:
  chatwire presence online
  chatwire presence dnd --status "in a meeting")help";

/// The names that XMPP itself has for two of them (RFC 6121, section 4.7.2.1).
std::string Spelled(const std::string& word) {
  if (word == "xa") return "extended_away";
  if (word == "dnd") return "do_not_disturb";
  return word;
}

class PresenceCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("presence", "Set what the account shows of itself");
    app->footer(kFooter);
    app->add_option("AVAILABILITY", availability_, "How available the account is")
        ->type_name("")
        ->required();
    app->add_option("--status", status_, "Text that goes with it")->type_name("TEXT");
    app->add_option("--priority", priority_, "-128 to 127")->type_name("NUMBER");
    return app;
  }

  absl::Status Run(Session& session) override {
    const auto availability =
        ValueOf<xmpp::v1::Availability>(Spelled(availability_), "availability");
    if (!availability.ok()) return availability.status();
    const auto channel = session.connection.ChannelTo(Service::kXmpp);
    if (!channel.ok()) return channel.status();
    const auto stub = xmpp::v1::PresenceService::NewStub(*channel);
    xmpp::v1::SetPresenceRequest request;
    request.set_account(session.connection.Account());
    request.mutable_presence()->set_availability(*availability);
    request.mutable_presence()->set_status(status_);
    request.mutable_presence()->set_priority(priority_);
    request.set_request_id(RandomUuid());
    xmpp::v1::SetPresenceResponse response;
    const absl::Status called =
        Call(session, Service::kXmpp, OrdinaryCall(session), [&](grpc::ClientContext* context) {
          return stub->SetPresence(context, request, &response);
        });
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object(
          {{"account", request.account()}, {"presence", PresenceJson(request.presence())}});
    } else {
      session.output.Line("shown as " + PresenceText(request.presence()));
    }
    return absl::OkStatus();
  }

 private:
  std::string availability_;
  std::string status_;
  int32_t priority_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakePresenceCommand() { return std::make_unique<PresenceCommand>(); }

}  // namespace chatwire::cli
