#include "cli/commands/version.h"

#include <nlohmann/json.hpp>

namespace chatwire::cli {
namespace {

// Set by CMake from the project's version.
constexpr char kVersion[] = CHATWIRE_VERSION;

constexpr char kFooter[] = R"help(With --json: {"version"}

Example:
  chatwire version)help";

class VersionCommand final : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("version", "Print the version of this program");
    app->footer(kFooter);
    return app;
  }

  JsonShape Shape() const override { return {"", {{"version", ""}}}; }

  absl::Status Run(Session& session) override {
    if (session.output.json()) {
      session.output.Object({{"version", kVersion}});
    } else {
      session.output.Line(VersionText());
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::string VersionText() { return std::string("chatwire ") + kVersion; }

std::unique_ptr<Command> MakeVersionCommand() { return std::make_unique<VersionCommand>(); }

}  // namespace chatwire::cli
