#include "cli/commands/api.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"
#include "cli/errors.h"
#include "cli/rpc/api_call.h"
#include "cli/rpc/reflection.h"

namespace chatwire::cli {
namespace {

/// What the three share: where to ask.
class ApiCommand : public Command {
 protected:
  void AddService(CLI::App& app) {
    app.add_option("--service", only_, "Ask only this one: xmpp or mqtt (else: both)")
        ->type_name("SERVICE")
        ->check(CLI::IsMember({"xmpp", "mqtt"}));
  }

  /// Calls @p ask with each service until one knows the answer; returns the error that says most.
  absl::Status FirstThatKnows(const std::function<absl::Status(Service)>& ask) const {
    absl::Status first;
    for (const Service service : {Service::kXmpp, Service::kMqtt}) {
      if (!Asked(service)) continue;
      // One of them may not run at all: that is no reason to wait for it.
      absl::Status status = ask(service);
      const bool elsewhere = HasReason(status, kNoSymbolReason) ||
                             HasReason(status, kServiceUnreachableReason) ||
                             HasReason(status, kNoReflectionReason);
      if (status.ok() || !elsewhere) return status;
      if (first.ok() || HasReason(status, kNoSymbolReason)) first = status;
    }
    return first;
  }

  bool Asked(Service service) const {
    return only_.empty() || (only_ == "xmpp") == (service == Service::kXmpp);
  }

 private:
  std::string only_;
};

class ApiListCommand final : public ApiCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("list", "List the services and methods of the servers");
    AddService(*app);
    app->footer(
        HelpText("What the servers themselves tell (gRPC server reflection).\n\n"
                 "With --json, one object for each method: {\"server\", \"method\"}",
                 {"api list", "api list --service mqtt"}, {}));
    return app;
  }

  absl::Status Run(Session& session) override {
    Table table{{"SERVER", "METHOD"}, {}};
    for (const Service service : {Service::kXmpp, Service::kMqtt}) {
      if (!Asked(service)) continue;
      absl::Status added = Add(session, service, table);
      if (!added.ok()) return added;
    }
    if (!session.output.json()) session.output.PrintTable(table);
    return absl::OkStatus();
  }

 private:
  static absl::Status Add(Session& session, Service service, Table& table) {
    Reflection reflection(session, service);
    const auto services = reflection.Services();
    if (!services.ok()) return services.status();
    for (const std::string& name : *services) {
      auto methods = reflection.MethodsOf(name);
      // A server may name a service (grpc.health.v1.Health) and know no more of it.
      if (HasReason(methods.status(), kNoSymbolReason)) methods = std::vector<std::string>{name};
      if (!methods.ok()) return methods.status();
      for (const std::string& method : *methods) {
        table.rows.push_back({NameOf(service), method});
        if (session.output.json()) {
          session.output.Object({{"server", NameOf(service)}, {"method", method}});
        }
      }
    }
    return absl::OkStatus();
  }
};

class ApiDescribeCommand final : public ApiCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("describe", "Show a service, method or message");
    app->add_option("SYMBOL", symbol_, "Its name; of a service the end will do")
        ->type_name("")
        ->required();
    AddService(*app);
    app->footer(
        HelpText("In the language of .proto files, with request and response of a method.\n\n"
                 "With --json: {\"symbol\", \"definition\"}",
                 {"api describe RosterService", "api describe RosterService/AddContact",
                  "api describe chatwire.xmpp.v1.Contact"},
                 {}));
    return app;
  }

  absl::Status Run(Session& session) override {
    return FirstThatKnows([&](Service service) {
      Reflection reflection(session, service);
      const auto text = reflection.Describe(symbol_);
      if (!text.ok()) return text.status();
      if (session.output.json()) {
        session.output.Object({{"symbol", symbol_}, {"definition", *text}});
      } else {
        for (const absl::string_view line : absl::StrSplit(*text, '\n')) {
          session.output.Line(std::string(line));
        }
      }
      return absl::OkStatus();
    });
  }

 private:
  std::string symbol_;
};

constexpr char kCallNotes[] =
    R"help(JSON is the request, - or nothing for standard input; for a method that takes a stream, one object a
line, sent as the lines come. The answer is one object a line. Both are protobuf's JSON: names as in
the .proto file, enums by their full names, times as RFC 3339, durations as "1.5s", bytes as base64.
The contract comes from the server, so this also calls what is newer than this program. The token of
--token-file, or of `chatwire login`, goes with the call where there is one.)help";

class ApiCallCommand final : public ApiCommand {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("call", "Call any method");
    app->add_option("METHOD", method_, "SERVICE/METHOD; the end of the service's name will do")
        ->type_name("")
        ->required();
    app->add_option("JSON", json_, "The request, or - for standard input")->type_name("");
    AddService(*app);
    app->footer(
        HelpText(kCallNotes,
                 {"api call DiscoveryService/Ping '{\"jid\": \"example.org\"}'",
                  "api call EventService/WatchEvents '{\"from_beginning\": true}' | head -3",
                  "api call CheckboxService/ListCheckboxes '{}'"},
                 {}));
    return app;
  }

  absl::Status Run(Session& session) override {
    return FirstThatKnows([&](Service service) {
      Reflection reflection(session, service);
      const auto method = reflection.Method(method_);
      if (!method.ok()) return method.status();
      return CallApi(session, service, reflection, **method, json_);
    });
  }

 private:
  std::string method_;
  std::string json_ = "-";
};

}  // namespace

std::unique_ptr<Command> MakeApiListCommand() { return std::make_unique<ApiListCommand>(); }

std::unique_ptr<Command> MakeApiDescribeCommand() { return std::make_unique<ApiDescribeCommand>(); }

std::unique_ptr<Command> MakeApiCallCommand() { return std::make_unique<ApiCallCommand>(); }

}  // namespace chatwire::cli
