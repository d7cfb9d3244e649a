#include "cli/commands/health.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/call.h"
#include "cli/errors.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace chatwire::cli {
namespace {

namespace health = grpc::health::v1;

constexpr char kFooter[] =
    R"help(LIVE: the program runs and answers. READY: it can do its work: xmpp-service stores events and no
account has failed; mqtt-service is connected with the broker and with xmpp-service.
The exit code is 6 unless everything that was asked for is ready. Needs no token.

With --json, one object for each service: {"service", "address", "live", "ready", "message"}

Examples:
  chatwire health
  chatwire health mqtt)help";

struct Health {
  Service service = Service::kXmpp;
  bool live = false;
  bool ready = false;
  /// What is wrong.
  std::string message;
};

const char* ReadinessName(Service service) {
  return service == Service::kXmpp ? "chatwire.xmpp.v1" : "chatwire.mqtt.v1";
}

class HealthCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("health", "Ask the services whether they are ready");
    app->footer(kFooter);
    app->add_option("SERVICE", only_, "xmpp or mqtt; both where it is left out")
        ->type_name("")
        ->check(CLI::IsMember({"xmpp", "mqtt"}));
    return app;
  }

  JsonShape Shape() const override {
    return {"", {{"service", ""}, {"address", ""}, {"live", ""}, {"ready", ""}, {"message", ""}}};
  }

  absl::Status Run(Session& session) override {
    std::vector<Health> found;
    for (const Service service : {Service::kXmpp, Service::kMqtt}) {
      const bool asked = only_.empty() || (only_ == "xmpp") == (service == Service::kXmpp);
      if (!asked) continue;
      const auto one = Ask(session, service);
      if (!one.ok()) return one.status();
      found.push_back(*one);
    }
    Print(session, found);
    std::vector<std::string> faults;
    for (const Health& one : found) {
      if (!one.ready) faults.push_back(one.message);
    }
    if (faults.empty()) return absl::OkStatus();
    return MakeError(absl::StatusCode::kUnavailable, kNotServingReason,
                     absl::StrJoin(faults, ". "));
  }

 private:
  /// Whether @p name serves at @p service; asked once, since "now" is the question.
  static absl::StatusOr<bool> IsServing(Session& session, Service service,
                                        health::Health::Stub& stub, const std::string& name) {
    health::HealthCheckRequest request;
    request.set_service(name);
    health::HealthCheckResponse response;
    CallOptions options = OrdinaryCall(session);
    options.with_token = false;
    options.retry = false;
    const absl::Status status = Call(session, service, options, [&](grpc::ClientContext* context) {
      return stub.Check(context, request, &response);
    });
    if (absl::IsNotFound(status)) return false;
    if (!status.ok()) return status;
    return response.status() == health::HealthCheckResponse::SERVING;
  }

  static absl::StatusOr<Health> Ask(Session& session, Service service) {
    const auto channel = session.connection.ChannelTo(service);
    if (!channel.ok()) return channel.status();
    const auto stub = health::Health::NewStub(*channel);
    Health result{service, false, false, ""};
    const auto live = IsServing(session, service, *stub, "");
    if (!live.ok()) {
      result.message = std::string(live.status().message());
      return result;
    }
    result.live = *live;
    const auto ready = IsServing(session, service, *stub, ReadinessName(service));
    result.ready = ready.ok() && *ready;
    if (!result.ready) {
      result.message = absl::StrCat(NameOf(service), " at ", session.connection.AddressOf(service),
                                    " runs and is not ready; see ",
                                    service == Service::kXmpp
                                        ? "`chatwire accounts` and its log"
                                        : "that the broker and xmpp-service run, and its log");
    }
    return result;
  }

  static void Print(Session& session, const std::vector<Health>& found) {
    Table table{{"SERVICE", "ADDRESS", "LIVE", "READY"}, {}};
    for (const Health& one : found) {
      const std::string& address = session.connection.AddressOf(one.service);
      table.rows.push_back(
          {NameOf(one.service), address, one.live ? "yes" : "no", one.ready ? "yes" : "no"});
      if (session.output.json()) {
        session.output.Object({{"service", NameOf(one.service)},
                               {"address", address},
                               {"live", one.live},
                               {"ready", one.ready},
                               {"message", one.message}});
      }
    }
    if (!session.output.json()) session.output.PrintTable(table);
  }

  std::string only_;
};

}  // namespace

std::unique_ptr<Command> MakeHealthCommand() { return std::make_unique<HealthCommand>(); }

}  // namespace chatwire::cli
