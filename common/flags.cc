#include "common/flags.h"

#include <unistd.h>

#include <utility>

#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace chatwire {
namespace {

constexpr char kPrefix[] = "CHATWIRE_";

/// Names and values of the variables with our prefix.
std::vector<std::pair<std::string, std::string>> OurVariables() {
  std::vector<std::pair<std::string, std::string>> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string variable(*entry);
    const size_t equals = variable.find('=');
    if (!absl::StartsWith(variable, kPrefix) || equals == std::string::npos) continue;
    variables.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return variables;
}

absl::CommandLineFlag* FlagOf(const std::string& variable) {
  return absl::FindCommandLineFlag(
      absl::AsciiStrToLower(variable.substr(absl::string_view(kPrefix).size())));
}

}  // namespace

absl::Status LoadFlags(int argc, char** argv, const std::string& usage,
                       const std::string& version) {
  // A second call of Abseil's function would end the process; tests load more than once.
  [[maybe_unused]] static const bool kUsageSet = (absl::SetProgramUsageMessage(usage), true);
  absl::FlagsUsageConfig config;
  config.version_string = [version] { return absl::StrCat(version, "\n"); };
  // --help shows the service's own flags, which config.cc defines, and not those of Abseil.
  const auto is_own = [](absl::string_view file) { return absl::EndsWith(file, "config.cc"); };
  config.contains_help_flags = is_own;
  config.contains_helpshort_flags = is_own;
  config.contains_helppackage_flags = is_own;
  config.normalize_filename = [](absl::string_view file) {
    const size_t slash = file.rfind('/');
    return std::string(slash == absl::string_view::npos ? file : file.substr(slash + 1));
  };
  absl::SetFlagsUsageConfig(config);
  for (const auto& [name, value] : OurVariables()) {
    absl::CommandLineFlag* flag = FlagOf(name);
    std::string error;
    if (flag != nullptr && !flag->ParseFrom(value, &error)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the environment variable ", name, " does not parse: ", error));
    }
  }
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("unexpected argument \"", rest[1], "\"; see --help"));
  }
  return absl::OkStatus();
}

std::vector<std::string> UnknownEnvironment() {
  std::vector<std::string> unknown;
  for (const auto& [name, value] : OurVariables()) {
    if (FlagOf(name) == nullptr) unknown.push_back(name);
  }
  return unknown;
}

}  // namespace chatwire
