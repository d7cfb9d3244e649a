#include "cli/commands/doctor.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "chatwire/xmpp/v1/discovery_service.pb.h"
#include "cli/command.h"
#include "cli/errors.h"
#include "cli/format/words.h"
#include "cli/private_file.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "cli/translate.h"
#include "common/rpc/channel.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

constexpr char kAccountRpc[] = "xmpp.v1.AccountService.GetAccount";
constexpr char kPingRpc[] = "xmpp.v1.DiscoveryService.Ping";
constexpr char kTimeRpc[] = "xmpp.v1.DiscoveryService.GetEntityTime";
constexpr char kBrokerRpc[] = "mqtt.v1.BrokerService.GetStatus";

/// Chat programs and tokens bear a little difference; times of messages look wrong beyond this.
constexpr absl::Duration kClockTolerance = absl::Seconds(5);
constexpr absl::Duration kPatience = absl::Seconds(5);

class DoctorCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app =
        parent.add_subcommand("doctor", "Find out what does not work, and what to do");
    app->footer(
        HelpText("Looks at the config file and the files with secrets, the services, TLS, the "
                 "tokens, the XMPP server, the broker and the clock. What depends on something "
                 "that does not work is left out. The exit "
                 "code is 6 where something does not work.\n\nWith --json, one object for each "
                 "check: {\"check\", \"ok\", \"message\"}",
                 {"doctor", "doctor --json | jq -r 'select(.ok | not).message'"},
                 {kAccountRpc, kPingRpc, kTimeRpc, kBrokerRpc}));
    return app;
  }

  JsonShape Shape() const override { return {"", {{"check", ""}, {"ok", ""}, {"message", ""}}}; }

  absl::Status Run(Session& session) override {
    CheckFiles(session);
    CheckTls(session, Service::kXmpp, session.settings.server);
    if (CheckXmppService(session)) {
      CheckServer(session);
      CheckClock(session);
    }
    CheckTls(session, Service::kMqtt, session.settings.mqtt_server);
    CheckBroker(session);
    if (!session.output.json()) session.output.PrintTable(table_);
    if (faults_ == 0) return absl::OkStatus();
    return MakeError(absl::StatusCode::kUnavailable, kNotServingReason,
                     faults_ == 1
                         ? Tr("1 check failed; see above what to do")
                         : absl::Substitute(Tr("$0 checks failed; see above what to do"), faults_));
  }

 private:
  void Add(Output& output, const std::string& check, bool ok, const std::string& message) {
    if (!ok) ++faults_;
    table_.rows.push_back({check, ok ? "ok" : "FAILED", message});
    if (output.json()) output.Object({{"check", check}, {"ok", ok}, {"message", message}});
  }

  /// One call without patience for what does not answer.
  static absl::Status Ask(Session& session, const char* rpc,
                          const google::protobuf::Message& request,
                          google::protobuf::Message& response) {
    CallOptions options = OrdinaryCall(session);
    if (!session.settings.timeout_given) options.timeout = kPatience;
    options.retry = false;
    return CallUnary(session, MethodNamed(rpc), options, request, response);
  }

  void CheckTls(Session& session, Service service, const std::string& address) {
    const std::string check = absl::StrCat(NameOf(service), " address");
    const auto channel = session.connection.ChannelTo(service);
    if (!channel.ok()) {
      return Add(session.output, check, false, std::string(channel.status().message()));
    }
    const std::string& ca = session.settings.ca_file;
    const std::string tls = !ca.empty()           ? absl::StrCat("TLS, authorities from ", ca)
                            : IsLoopback(address) ? "no TLS, this machine only"
                                                  : "TLS, the system's authorities";
    Add(session.output, check, true, absl::StrCat(address, " (", tls, ")"));
  }

  void CheckFiles(Session& session) {
    const Settings& settings = session.settings;
    const std::string profile =
        settings.profile.empty() ? "no profile" : absl::StrCat("profile ", settings.profile);
    std::error_code ignored;
    const bool there = std::filesystem::exists(settings.config_file, ignored);
    Add(session.output, "config file", true,
        there ? absl::StrCat(settings.config_file, " (", profile, ")") : "none");
    for (const std::string& file :
         {settings.token_file, settings.mqtt_token_file, settings.key_file}) {
      if (file.empty() || !IsShared(file)) continue;
      Add(session.output, "secrets", false,
          absl::StrCat("others can read or change ", file, "; run `chmod 600 ", file, "`"));
    }
  }

  /// Whether service and token work and the account is online.
  bool CheckXmppService(Session& session) {
    xmpp::v1::GetAccountRequest request;
    request.set_account(session.connection.Account());
    xmpp::v1::GetAccountResponse response;
    const absl::Status called = Ask(session, kAccountRpc, request, response);
    if (ReasonOf(called) == "ACCOUNT_REQUIRED") {
      Add(session.output, "xmpp-service", true, "answers, and takes the token");
      Add(session.output, "account", false,
          "the token is not for one account; say with --account which one to look at");
      return false;
    }
    if (!called.ok()) {
      Add(session.output, "xmpp-service", false, std::string(called.message()));
      return false;
    }
    const auto& account = response.account();
    Add(session.output, "xmpp-service", true,
        absl::StrCat("answers, and takes the token of ", account.account()));
    const auto& connection = account.connection();
    const bool online = connection.state() == xmpp::v1::CONNECTION_STATE_ONLINE;
    const std::string why = connection.has_failure()
                                ? absl::StrCat(": ", connection.failure().message(), " (",
                                               connection.failure().reason(), "); `chatwire login ",
                                               account.account(), "` tries again")
                                : "";
    Add(session.output, "account", online,
        absl::StrCat(WordOf(connection.state()), online ? "" : why));
    return online;
  }

  void CheckServer(Session& session) {
    xmpp::v1::PingRequest request;
    request.set_account(session.connection.Account());
    xmpp::v1::PingResponse response;
    const absl::Status called = Ask(session, kPingRpc, request, response);
    Add(session.output, "XMPP server", called.ok(),
        called.ok() ? absl::StrCat("answers in ",
                                   absl::FormatDuration(FromProto(response.round_trip_time())))
                    : std::string(called.message()));
  }

  void CheckClock(Session& session) {
    xmpp::v1::GetEntityTimeRequest request;
    request.set_account(session.connection.Account());
    xmpp::v1::GetEntityTimeResponse response;
    // Not every server tells the time.
    if (!Ask(session, kTimeRpc, request, response).ok()) return;
    const absl::Duration off =
        absl::Trunc(absl::Now() - FromProto(response.time()), absl::Seconds(1));
    const bool ok = absl::AbsDuration(off) <= kClockTolerance;
    Add(session.output, "clock", ok,
        ok ? "as the XMPP server's"
           : absl::StrCat(absl::FormatDuration(absl::AbsDuration(off)),
                          off > absl::ZeroDuration() ? " ahead of" : " behind",
                          " the XMPP server's; set the time here or there (NTP)"));
  }

  void CheckBroker(Session& session) {
    mqtt::v1::GetStatusResponse response;
    const absl::Status called = Ask(session, kBrokerRpc, mqtt::v1::GetStatusRequest(), response);
    Add(session.output, "mqtt-service", called.ok(),
        called.ok() ? "answers, and takes the token" : std::string(called.message()));
    if (!called.ok()) return;
    CheckLink(session.output, "broker, publishing", response.publisher());
    CheckLink(session.output, "broker, subscribed", response.subscriber());
    CheckLink(session.output, "chat commands", response.chat_feed());
  }

  void CheckLink(Output& output, const std::string& check, const mqtt::v1::LinkStatus& link) {
    const std::string why = link.error_message().empty() ? "not connected" : link.error_message();
    Add(output, check, link.connected(),
        link.connected() ? absl::StrCat("connected with ", link.target())
                         : absl::StrCat(why, " (", link.target(),
                                        "); see that it runs, and mqtt-service's flags for it"));
  }

  Table table_{{"CHECK", "RESULT", "MESSAGE"}, {}};
  int faults_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeDoctorCommand() { return std::make_unique<DoctorCommand>(); }

}  // namespace chatwire::cli
