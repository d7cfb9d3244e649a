#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/command_list.h"
#include "cli/commands/version.h"
#include "cli/config.h"
#include "cli/connection.h"
#include "cli/credentials.h"
#include "cli/errors.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/printable.h"
#include "cli/usage_error.h"

namespace chatwire::cli {
namespace {

int Report(Output& output, const absl::Status& status) {
  // Ctrl-C needs no words, and neither does a reader that has seen enough.
  if (!status.ok() && !HasReason(status, kInterruptedReason)) output.Error(status);
  return static_cast<int>(ExitCodeOf(status));
}

bool AsksForJson(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--json") return true;
  }
  return false;
}

/// Protobuf carries nothing else, and its own complaint would help nobody.
absl::Status CheckUtf8(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    if (!IsUtf8(argv[i])) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       absl::StrCat("argument ", i, " is not UTF-8; see the terminal's locale"));
    }
  }
  return absl::OkStatus();
}

/// Adds the commands of @p group to @p app. The one that is parsed ends up in @p chosen.
void AddCommands(CLI::App& app, const CommandGroup& group, Command** chosen) {
  app.require_subcommand(1);
  for (const auto& command : group.commands) {
    CLI::App* const added = command->AddTo(app);
    added->callback([raw = command.get(), chosen] { *chosen = raw; });
  }
}

absl::Status RunCommand(Command& command, const Settings& settings, Output& output,
                        const Streams& streams) {
  const std::string directory = ConfigDirectory();
  const Credentials credentials(directory.empty() ? "" : directory + "/tokens");
  Connection connection(settings, credentials);
  Session session{settings, credentials, connection, output, streams};
  absl::Status status = command.Run(session);
  if (output.closed()) return absl::OkStatus();
  return output.status().ok() ? status : output.status();
}

}  // namespace

int RunProgram(int argc, const char* const* argv, const Streams& streams) {
  Output early(streams, AsksForJson(argc, argv));
  const absl::Status utf8 = CheckUtf8(argc, argv);
  if (!utf8.ok()) return Report(early, utf8);
  const CommandGroup root = RootCommands();
  const CommandGroup checkbox = CheckboxCommands();
  CLI::App app(root.description, "chatwire");
  app.footer(root.footer);
  app.fallthrough();
  app.set_version_flag("--version", VersionText(), "Print the version and exit");
  Config config(app);
  Command* chosen = nullptr;
  AddCommands(app, root, &chosen);
  CLI::App* const group = app.add_subcommand(checkbox.name, checkbox.description);
  group->footer(checkbox.footer);
  AddCommands(*group, checkbox, &chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    early.Raw(app.help());
    return Report(early, early.status());
  } catch (const CLI::CallForVersion&) {
    early.Raw(VersionText() + "\n");
    return Report(early, early.status());
  } catch (const CLI::ParseError& error) {
    return Report(early, UsageError(app, error));
  }
  const auto settings = config.Resolve();
  if (!settings.ok()) return Report(early, settings.status());
  Output output(streams, settings->json);
  return Report(output, RunCommand(*chosen, *settings, output, streams));
}

}  // namespace chatwire::cli
