#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/command_tree.h"
#include "cli/commands/version.h"
#include "cli/completion.h"
#include "cli/completion_names.h"
#include "cli/config.h"
#include "cli/connection.h"
#include "cli/credentials.h"
#include "cli/errors.h"
#include "cli/exit_code.h"
#include "cli/help.h"
#include "cli/menu/menu_program.h"
#include "cli/output.h"
#include "cli/printable.h"
#include "cli/screen/full_screen.h"
#include "cli/translate.h"
#include "cli/usage_error.h"

namespace chatwire::cli {
namespace {

constexpr char kVersionHelp[] = "Print the version and exit";
constexpr char kAbout[] = "XMPP chat and MQTT checkboxes from the command line";

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

absl::Status RunCommand(Command& command, const Settings& settings, Output& output,
                        const Streams& streams) {
  const std::string directory = ConfigDirectory();
  const Credentials credentials(directory.empty() ? "" : directory + "/tokens");
  Connection connection(settings, credentials, output);
  Session session{settings, credentials, connection, output, streams};
  auto format = LineFormat::Parse(settings.format, settings.fields);
  if (!format.ok()) return format.status();
  const absl::Status checked = format->Check(command.Shape());
  if (!checked.ok()) return checked;
  output.UseFormat(*std::move(format));
  absl::Status status = command.Run(session);
  if (output.closed()) return absl::OkStatus();
  return output.status().ok() ? status : output.status();
}

/// Where nothing but global options was typed in a terminal: the menu. Nothing: something else was.
std::optional<int> RunMenuIfAlone(int argc, const char* const* argv, Output& output,
                                  const Streams& streams) {
  if (!CanShowScreen(streams)) return std::nullopt;
  CLI::App globals;
  Config config(globals);
  try {
    globals.parse(argc, argv);
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  const auto settings = config.Resolve();
  if (!settings.ok()) return Report(output, settings.status());
  if (settings->json || !settings->format.empty() || !settings->fields.empty()) {
    return std::nullopt;
  }
  const std::string directory = ConfigDirectory();
  const Credentials credentials(directory.empty() ? "" : directory + "/tokens");
  Connection connection(*settings, credentials, output);
  return Report(output, RunMenu({*settings, credentials, connection, output, streams}));
}

/// What cli/locale/catalogues asks for: what --help says of all commands, one JSON text a line.
int RunMessages(Output& output) {
  CLI::App app(kAbout, "chatwire");
  app.set_version_flag("--version", VersionText(), kVersionHelp);
  Config options(app);
  const CommandTree commands(app);
  for (const std::string& message : HelpMessages(app)) {
    output.Raw(nlohmann::json(message).dump() + "\n");
  }
  return 0;
}

/// What cli/generate-docs asks for: the --help of every command, one JSON object a line.
int RunHelpPages(Output& output) {
  CLI::App app(kAbout, "chatwire");
  app.set_version_flag("--version", VersionText(), kVersionHelp);
  Config options(app);
  const CommandTree commands(app);
  for (const HelpPage& page : HelpPages(app)) {
    output.Raw(nlohmann::json({{"command", page.command}, {"help", page.text}}).dump() + "\n");
  }
  return 0;
}

/// The answer to a shell: `chatwire __complete WORD...`, the last of which is to be completed.
int RunCompletion(const std::vector<std::string>& words, const Streams& streams) {
  CLI::App app("", "chatwire");
  Config unused(app);
  const CommandTree commands(app);
  // Only the global options of the line: the rest is not complete, and may be wrong.
  CLI::App globals;
  globals.allow_extras();
  Config config(globals);
  try {
    globals.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError&) {
    // A half-typed option: the values from elsewhere do.
  }
  auto settings = config.Resolve(MissingProfile::kIgnore);
  if (!settings.ok()) return 0;
  Output output(streams, false);
  const std::string directory = ConfigDirectory();
  const Credentials credentials(directory.empty() ? "" : directory + "/tokens");
  Connection connection(*settings, credentials, output);
  Session session{*settings, credentials, connection, output, streams};
  const auto found = Complete(app, words, [&session](const std::string& placeholder) {
    return NamesFor(session, placeholder);
  });
  for (const Candidate& candidate : found) {
    output.Raw(absl::StrCat(Printable(candidate.word), "\t", Printable(candidate.about), "\n"));
  }
  return 0;
}

}  // namespace

int RunProgram(int argc, const char* const* argv, const Streams& streams) {
  if (AsksForJson(argc, argv)) StopTranslation();
  Output early(streams, AsksForJson(argc, argv));
  const absl::Status utf8 = CheckUtf8(argc, argv);
  if (!utf8.ok()) return Report(early, utf8);
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "__complete") return RunCompletion({argv + 2, argv + argc}, streams);
  if (first == "__messages") return RunMessages(early);
  if (first == "__help") return RunHelpPages(early);
  if (first == "help") {
    std::vector<const char*> words = {argv[0]};
    words.insert(words.end(), argv + 2, argv + argc);
    words.push_back("--help");
    return RunProgram(static_cast<int>(words.size()), words.data(), streams);
  }
  const std::optional<int> menu = RunMenuIfAlone(argc, argv, early, streams);
  if (menu.has_value()) return *menu;
  CLI::App app(kAbout, "chatwire");
  app.fallthrough();
  app.set_version_flag("--version", VersionText(), kVersionHelp);
  Config config(app);
  const CommandTree commands(app, {argv + 1, argv + argc});
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    early.Raw(HelpOf(app));
    return Report(early, early.status());
  } catch (const CLI::CallForVersion&) {
    early.Raw(VersionText() + "\n");
    return Report(early, early.status());
  } catch (const CLI::ParseError& error) {
    return Report(early, UsageError(app, error));
  }
  const auto settings = config.Resolve(commands.chosen().EditsConfig() ? MissingProfile::kIgnore
                                                                       : MissingProfile::kError);
  if (!settings.ok()) return Report(early, settings.status());
  if (settings->json) StopTranslation();
  Output output(streams, settings->json);
  return Report(output, RunCommand(commands.chosen(), *settings, output, streams));
}

}  // namespace chatwire::cli
