#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
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

/// The library would take the first letter of `-hello` for -h, and that of `-v is great` for -v.
absl::Status CheckDashes(int argc, const char* const* argv) {
  for (int i = 1; i < argc && std::string(argv[i]) != "--"; ++i) {
    const std::string word = argv[i];
    const bool begins = absl::StartsWith(word, "-h") || absl::StartsWith(word, "-v");
    if (!begins || word.find_first_not_of("hv", 1) == std::string::npos) continue;
    return MakeError(
        absl::StatusCode::kInvalidArgument, kUsageReason,
        absl::Substitute(Tr("\"$0\" is no option; a text that begins with - comes last, behind --"),
                         word));
  }
  return absl::OkStatus();
}

/// What a command works with, made of the settings.
class OpenSession {
 public:
  /// All must outlive this.
  OpenSession(const Settings& settings, Output& output, const Streams& streams)
      : credentials_(TokensDirectory()),
        connection_(settings, credentials_, output),
        session_{settings, credentials_, connection_, output, streams} {}

  Session& operator*() { return session_; }

 private:
  static std::string TokensDirectory() {
    const std::string directory = ConfigDirectory();
    return directory.empty() ? "" : directory + "/tokens";
  }

  const Credentials credentials_;
  Connection connection_;
  Session session_;
};

absl::Status RunCommand(Command& command, const Settings& settings, Output& output,
                        const Streams& streams) {
  auto format = LineFormat::Parse(settings.format, settings.fields);
  if (!format.ok()) return format.status();
  const absl::Status checked = format->Check(command.Shape());
  if (!checked.ok()) return checked;
  output.UseFormat(*std::move(format));
  OpenSession session(settings, output, streams);
  absl::Status status = command.Run(*session);
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
  OpenSession session(*settings, output, streams);
  return Report(output, RunMenu(*session));
}

/// What this repository's scripts ask for: one JSON value a line about every command there is, made
/// by @p describe.
int RunDescription(Output& output,
                   const std::function<std::vector<nlohmann::json>(CLI::App&)>& describe) {
  CLI::App app(kAbout, "chatwire");
  app.set_version_flag("--version", VersionText(), kVersionHelp);
  Config options(app);
  const CommandTree commands(app);
  for (const nlohmann::json& line : describe(app)) output.Raw(line.dump() + "\n");
  return 0;
}

/// For cli/locale/catalogues: what --help says of all commands.
std::vector<nlohmann::json> Messages(CLI::App& app) {
  const std::vector<std::string> messages = HelpMessages(app);
  return {messages.begin(), messages.end()};
}

/// For cli/generate-docs: the --help of every command.
std::vector<nlohmann::json> Pages(CLI::App& app) {
  std::vector<nlohmann::json> pages;
  for (const HelpPage& page : HelpPages(app)) {
    pages.push_back({{"command", page.command}, {"help", page.text}});
  }
  return pages;
}

/// `chatwire help COMMAND...` is `chatwire COMMAND... --help`.
int RunHelp(int argc, const char* const* argv, const Streams& streams) {
  std::vector<const char*> words = {argv[0]};
  words.insert(words.end(), argv + 2, argv + argc);
  words.push_back("--help");
  return RunProgram(static_cast<int>(words.size()), words.data(), streams);
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
  OpenSession session(*settings, output, streams);
  const auto found = Complete(app, words, [&session](const std::string& placeholder) {
    return NamesFor(*session, placeholder);
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
  const absl::Status dashes = CheckDashes(argc, argv);
  if (!dashes.ok()) return Report(early, dashes);
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "__complete") return RunCompletion({argv + 2, argv + argc}, streams);
  if (first == "__messages") return RunDescription(early, Messages);
  if (first == "__help") return RunDescription(early, Pages);
  if (first == "help") return RunHelp(argc, argv, streams);
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
