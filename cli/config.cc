#include "cli/config.h"

#include <cstdlib>
#include <fstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/errors.h"
#include "cli/suggestion.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kLongestTimeout = absl::Hours(24);

/// The options that a config file may set.
const std::vector<std::string>& Keys() {
  static const auto* const kKeys = new std::vector<std::string>{
      "server", "mqtt-server", "token-file", "mqtt-token-file", "ca", "account", "timeout", "json"};
  return *kKeys;
}

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
  if (xdg != nullptr && *xdg != '\0') return absl::StrCat(xdg, "/chatwire");
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
  add("account", settings_.account, "Account to act for (else: the one that the token is for)")
      ->type_name("JID")
      ->envname("CHATWIRE_ACCOUNT");
  add("timeout", timeout_, "How long a call may take, with retries: 500ms, 10s, 2m")
      ->type_name("TIME")
      ->envname("CHATWIRE_TIMEOUT")
      ->capture_default_str();
  add("config", config_file_, "Config file (else: ~/.config/chatwire/config.toml)")
      ->type_name("FILE");
  app.add_flag("--json", settings_.json, "One JSON object a line instead of text")->group(kGroup);
}

absl::StatusOr<Settings> Config::Resolve() {
  const std::string directory = ConfigDirectory();
  const bool named = !config_file_.empty();
  if (!named && !directory.empty()) config_file_ = directory + "/config.toml";
  if (named || std::ifstream(config_file_).good()) {
    absl::Status applied = ApplyFile(config_file_);
    if (!applied.ok()) return applied;
  }
  settings_.timeout_given = settings_.timeout_given || Find("timeout")->count() > 0;
  absl::Status parsed = ParseTimeout();
  if (!parsed.ok()) return parsed;
  return settings_;
}

absl::Status Config::ApplyFile(const std::string& path) {
  std::ifstream file(path);
  if (!file.good()) return Wrong(absl::StrCat("cannot read the config file ", path));
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_config(file);
  } catch (const CLI::Error& error) {
    return Wrong(absl::StrCat(path, ": ", error.what()));
  }
  for (const CLI::ConfigItem& item : items) {
    const absl::Status applied = ApplyItem(path, item);
    if (!applied.ok()) return applied;
  }
  return absl::OkStatus();
}

absl::Status Config::ApplyItem(const std::string& path, const CLI::ConfigItem& item) {
  const std::string key = absl::StrReplaceAll(item.name, {{"_", "-"}});
  CLI::Option* const option = item.parents.empty() ? Find(key) : nullptr;
  if (option == nullptr) {
    return Wrong(
        absl::StrCat(path, ": unknown key \"", item.fullname(), "\"", DidYouMean(key, Keys())));
  }
  if (item.inputs.size() != 1) {
    return Wrong(absl::StrCat(path, ": \"", item.name, "\" takes one value, such as ", item.name,
                              " = \"...\""));
  }
  // Given on the command line or by the environment: both win.
  if (option->count() > 0) return absl::OkStatus();
  const std::string value = ExpandHome(item.inputs[0]);
  if (key == "json") {
    if (value != "true" && value != "false") {
      return Wrong(absl::StrCat(path, ": \"json\" is true or false, not \"", value, "\""));
    }
    settings_.json = value == "true";
    return absl::OkStatus();
  }
  if (key == "timeout") settings_.timeout_given = true;
  option->add_result(value);
  option->run_callback();
  return absl::OkStatus();
}

CLI::Option* Config::Find(const std::string& key) const {
  for (const std::string& known : Keys()) {
    if (known == key) return app_.get_option_no_throw("--" + key);
  }
  return nullptr;
}

absl::Status Config::ParseTimeout() {
  // A bare number is seconds, as most programs take it.
  const bool bare =
      !timeout_.empty() && absl::ascii_isdigit(static_cast<unsigned char>(timeout_.back()));
  if (!absl::ParseDuration(bare ? timeout_ + "s" : timeout_, &settings_.timeout) ||
      settings_.timeout <= absl::ZeroDuration() || settings_.timeout > kLongestTimeout) {
    return Wrong(absl::StrCat(
        "\"", timeout_, "\" is no time-out; write a time up to 24h such as 500ms, 10s or 2m"));
  }
  return absl::OkStatus();
}

}  // namespace chatwire::cli
