#include "cli/config.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/translate.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kLongestTimeout = absl::Hours(24);

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

/// No shell expands what stands in a file.
std::string ExpandHome(const std::string& value) {
  const char* const home = std::getenv("HOME");
  return home != nullptr && absl::StartsWith(value, "~/") ? home + value.substr(1) : value;
}

}  // namespace

std::string ConfigDirectory() {
  const char* const xdg = std::getenv("XDG_CONFIG_HOME");
  // A relative path is to be ignored, says the specification.
  if (xdg != nullptr && *xdg == '/') return absl::StrCat(xdg, "/chatwire");
  const char* const home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return absl::StrCat(home, "/.config/chatwire");
  return "";
}

Config::Config(CLI::App& app) : app_(app) {
  constexpr char kGroup[] = "Global options (also after the command)";
  const auto add = [&](const std::string& name, std::string& target, const std::string& what) {
    return app.add_option("--" + name, target, what)->group(kGroup);
  };
  add("server", settings_.server, "Address of xmpp-service")
      ->type_name("HOST:PORT")
      ->envname("CHATWIRE_SERVER")
      ->capture_default_str();
  add("mqtt-server", settings_.mqtt_server, "Address of mqtt-service")
      ->type_name("HOST:PORT")
      ->envname("CHATWIRE_MQTT_SERVER")
      ->capture_default_str();
  add("token-file", settings_.token_file,
      "File with the API token for xmpp-service (else: from login)")
      ->type_name("FILE")
      ->envname("CHATWIRE_TOKEN_FILE");
  add("mqtt-token-file", settings_.mqtt_token_file, "File with the API token for mqtt-service")
      ->type_name("FILE")
      ->envname("CHATWIRE_MQTT_TOKEN_FILE");
  add("ca", settings_.ca_file,
      "PEM file with the authorities to trust (else: no TLS to this machine, the system's "
      "authorities "
      "to others)")
      ->type_name("FILE")
      ->envname("CHATWIRE_CA");
  add("cert", settings_.cert_file,
      "PEM file with the certificate to show to services that ask for one; needs --key")
      ->type_name("FILE")
      ->envname("CHATWIRE_CERT");
  add("key", settings_.key_file, "PEM file with the key of --cert")
      ->type_name("FILE")
      ->envname("CHATWIRE_KEY");
  add("account", settings_.account, "Account to act for (else: the one that the token is for)")
      ->type_name("JID")
      ->envname("CHATWIRE_ACCOUNT");
  add("timeout", timeout_, "How long a call may take, with retries: 500ms, 10s, 2m")
      ->type_name("TIME")
      ->envname("CHATWIRE_TIMEOUT")
      ->capture_default_str();
  add("config", settings_.config_file, "Config file (else: ~/.config/chatwire/config.toml)")
      ->type_name("FILE");
  add("profile", settings_.profile, "Profile of the config file (else: its default_profile)")
      ->type_name("PROFILE")
      ->envname("CHATWIRE_PROFILE");
  app.add_flag("--json", settings_.json, "One JSON object a line instead of text")->group(kGroup);
  app.add_flag("--verbose,-v", settings_.verbose, "Show each call on standard error")
      ->group(kGroup);
  auto* const format = add("format", settings_.format,
                           "What to print of each object of --json: '{from}: {body}', "
                           "tsv:FIELD,... or csv:FIELD,...")
                           ->type_name("TEMPLATE");
  add("fields", settings_.fields, "These fields, with TABs between: as --format tsv:FIELD,...")
      ->type_name("FIELD,...")
      ->excludes(format);
}

absl::StatusOr<Settings> Config::Resolve(MissingProfile missing) {
  const std::string directory = ConfigDirectory();
  const bool named = !settings_.config_file.empty();
  if (!named && !directory.empty()) settings_.config_file = directory + "/config.toml";
  if (named && missing == MissingProfile::kError &&
      !std::filesystem::exists(settings_.config_file)) {
    return Wrong(absl::StrCat("cannot read the config file ", settings_.config_file));
  }
  absl::Status applied = ApplyFile(missing);
  if (!applied.ok()) return applied;
  settings_.timeout_given = app_.get_option("--timeout")->count() > 0;
  const auto timeout = ParseTimeout(timeout_);
  if (!timeout.ok()) return timeout.status();
  settings_.timeout = *timeout;
  if (settings_.cert_file.empty() != settings_.key_file.empty()) {
    return Wrong(
        Tr("a certificate to show needs its key, and a key its certificate; give both "
           "--cert and --key"));
  }
  NoteValues();
  return settings_;
}

absl::Status Config::ApplyFile(MissingProfile missing) {
  const auto content = ReadConfig(settings_.config_file);
  if (!content.ok()) return content.status();
  const ConfigEntry* const usual = content->Find("", kDefaultProfileKey);
  if (settings_.profile.empty() && usual != nullptr) settings_.profile = usual->value;
  const bool known = settings_.profile.empty() || content->profiles.count(settings_.profile) > 0;
  if (!known && missing == MissingProfile::kError) {
    return UnknownProfile(settings_.profile, content->profiles);
  }
  // The profile first: what is set already stays.
  for (const bool of_profile : {true, false}) {
    for (const ConfigEntry& entry : content->entries) {
      const bool wanted = of_profile ? !entry.profile.empty() && entry.profile == settings_.profile
                                     : entry.profile.empty();
      if (!wanted || entry.key == kDefaultProfileKey) continue;
      absl::Status applied = ApplyEntry(entry);
      if (!applied.ok()) return applied;
    }
  }
  return absl::OkStatus();
}

absl::Status Config::ApplyEntry(const ConfigEntry& entry) {
  CLI::Option* const option = app_.get_option("--" + entry.key);
  // Given on the command line, by the environment or by the profile: all win.
  if (option->count() > 0 || sources_.count(entry.key) > 0) return absl::OkStatus();
  sources_[entry.key] =
      entry.profile.empty() ? "config file" : absl::StrCat("profile ", entry.profile);
  const std::string value = ExpandHome(entry.value);
  if (entry.key == "json") return SetJson(value);
  option->add_result(value);
  option->run_callback();
  return absl::OkStatus();
}

absl::Status Config::SetJson(const std::string& value) {
  if (value != "true" && value != "false") {
    return Wrong(absl::StrCat("\"json\" in the config file is true or false, not \"", value, "\""));
  }
  settings_.json = value == "true";
  return absl::OkStatus();
}

void Config::NoteValues() {
  const std::map<std::string, std::string> values = {{"server", settings_.server},
                                                     {"mqtt-server", settings_.mqtt_server},
                                                     {"token-file", settings_.token_file},
                                                     {"mqtt-token-file", settings_.mqtt_token_file},
                                                     {"ca", settings_.ca_file},
                                                     {"cert", settings_.cert_file},
                                                     {"key", settings_.key_file},
                                                     {"account", settings_.account},
                                                     {"timeout", timeout_},
                                                     {"json", settings_.json ? "true" : "false"}};
  for (const std::string& key : SettingKeys()) {
    const auto from_file = sources_.find(key);
    const bool given = app_.get_option("--" + key)->count() > 0;
    const std::string source = from_file != sources_.end() ? from_file->second
                               : given                     ? "option or variable"
                                                           : "built in";
    settings_.values.push_back({key, values.at(key), source});
  }
}

absl::StatusOr<ConfigContent> ReadConfig(const std::string& path) {
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return ConfigContent();
  // An empty file is a config file, too.
  if (std::filesystem::file_size(path, ignored) == 0) return ConfigContent();
  const auto text = ReadPublicFile(path);
  if (!text.ok()) return Wrong(std::string(text.status().message()));
  return ParseConfig(path, *text);
}

absl::StatusOr<absl::Duration> ParseTimeout(const std::string& text) {
  // A bare number is seconds, as most programs take it.
  const bool bare = !text.empty() && absl::ascii_isdigit(static_cast<unsigned char>(text.back()));
  absl::Duration timeout;
  if (!absl::ParseDuration(bare ? text + "s" : text, &timeout) || timeout <= absl::ZeroDuration() ||
      timeout > kLongestTimeout) {
    return Wrong(absl::Substitute(
        Tr("\"$0\" is no time-out; write a time up to 24h such as 500ms, 10s or 2m"), text));
  }
  return timeout;
}

}  // namespace chatwire::cli
