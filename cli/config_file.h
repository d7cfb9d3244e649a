#ifndef CHATWIRE_CLI_CONFIG_FILE_H_
#define CHATWIRE_CLI_CONFIG_FILE_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire::cli {

/// `default_profile = "home"`, at the top of the file.
inline constexpr char kDefaultProfileKey[] = "default-profile";

/// The keys of a config file and of a profile in it: long names of global options.
const std::vector<std::string>& SettingKeys();

/// A value and where it stands: at the top of the file, or in the table `[profile.NAME]`.
struct ConfigEntry {
  /// "" for the top.
  std::string profile;
  /// One of SettingKeys or kDefaultProfileKey; `_` and `-` are the same there.
  std::string key;
  std::string value;
};

/// What stands in a config file.
struct ConfigContent {
  std::vector<ConfigEntry> entries;
  /// Also those without a value.
  std::set<std::string> profiles;

  /// nullptr where there is none.
  const ConfigEntry* Find(const std::string& profile, const std::string& key) const;
};

/// Reads TOML of the form described in docs/cli.md. @p path names the file in errors.
/// Errors: INVALID_ARGUMENT/USAGE for what no key, no profile and no value is.
absl::StatusOr<ConfigContent> ParseConfig(const std::string& path, const std::string& text);

/// @p text with the entry set, or without it where @p value is none. The rest stays as it is,
/// comments too. Errors: INVALID_ARGUMENT/USAGE for a value that TOML cannot hold on one line.
absl::StatusOr<std::string> EditConfig(const std::string& text, const std::string& profile,
                                       const std::string& key,
                                       const std::optional<std::string>& value);

/// What `KEY`, `default_profile` or `profile.NAME.KEY` means; the value stays empty.
/// Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<ConfigEntry> ParseConfigKey(const std::string& text);

/// Whether @p name can be the name of a profile: letters, digits, `_` and `-`, up to 64.
bool IsProfileName(const std::string& name);

/// INVALID_ARGUMENT/USAGE that tells of a profile that is not in the file, and the nearest one.
absl::Status UnknownProfile(const std::string& name, const std::set<std::string>& profiles);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CONFIG_FILE_H_
