#ifndef CHATWIRE_CLI_CONFIG_H_
#define CHATWIRE_CLI_CONFIG_H_

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/config_file.h"
#include "cli/settings.h"

namespace chatwire::cli {

/// `$XDG_CONFIG_HOME/chatwire`, else `~/.config/chatwire` (XDG Base Directory Specification); ""
/// where neither variable is set.
std::string ConfigDirectory();

/// A time-out as people write it: `10s`, `2m`; a bare number is seconds.
/// Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<absl::Duration> ParseTimeout(const std::string& text);

/// The content of the config file @p path; nothing where it is not there.
/// Errors: INVALID_ARGUMENT/USAGE for one that cannot be read or understood.
absl::StatusOr<ConfigContent> ReadConfig(const std::string& path);

/// Whether a profile that is not in the config file is an error. It is not where it is being made.
enum class MissingProfile { kError, kIgnore };

/// The global options and where their values come from: command line, else environment, else the
/// profile, else the top of the config file, else the built-in value.
///
/// The config file is TOML of the form `server = "chat.example.org:7443"`; keys are the options'
/// long names; profiles are tables `[profile.NAME]` of the same keys. It is not read before
/// Resolve.
class Config {
 public:
  /// Adds the options to @p app, which must outlive this.
  explicit Config(CLI::App& app);

  /// Call after parsing. Errors: INVALID_ARGUMENT/USAGE for a key, a profile or a value that is
  /// wrong, or a file that was named and cannot be read. A file that is not there at the usual
  /// place is no error.
  absl::StatusOr<Settings> Resolve(MissingProfile missing = MissingProfile::kError);

 private:
  absl::Status ApplyFile(MissingProfile missing);
  absl::Status ApplyEntry(const ConfigEntry& entry);
  absl::Status SetJson(const std::string& value);
  void NoteValues();

  CLI::App& app_;
  Settings settings_;
  std::string timeout_ = "10s";
  /// Of the values from the file.
  std::map<std::string, std::string> sources_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CONFIG_H_
