#ifndef CHATWIRE_CLI_CONFIG_H_
#define CHATWIRE_CLI_CONFIG_H_

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/settings.h"

namespace chatwire::cli {

/// `$XDG_CONFIG_HOME/chatwire`, else `~/.config/chatwire` (XDG Base Directory Specification); ""
/// where neither variable is set.
std::string ConfigDirectory();

/// The global options and where their values come from: command line, else environment, else config
/// file, else the built-in value.
///
/// The config file is TOML of the form `server = "chat.example.org:7443"`; keys are the options'
/// long names. It is not read before Resolve.
class Config {
 public:
  /// Adds the options to @p app, which must outlive this.
  explicit Config(CLI::App& app);

  /// Call after parsing. Errors: INVALID_ARGUMENT/USAGE for a key or a value that is wrong, or a
  /// file that was named and cannot be read. A file that is not there at the usual place is no
  /// error.
  absl::StatusOr<Settings> Resolve();

 private:
  absl::Status ApplyFile(const std::string& path);
  absl::Status ApplyItem(const std::string& path, const CLI::ConfigItem& item);
  CLI::Option* Find(const std::string& key) const;
  absl::Status ParseTimeout();

  CLI::App& app_;
  Settings settings_;
  std::string config_file_;
  std::string timeout_ = "10s";
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CONFIG_H_
