#ifndef CHATWIRE_CLI_SETTINGS_H_
#define CHATWIRE_CLI_SETTINGS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace chatwire::cli {

/// A global option, its value, and where that comes from.
struct SettingValue {
  std::string key;
  std::string value;
  /// `option or variable`, `profile NAME`, `config file`, `built in`.
  std::string source;
};

/// What holds for every command: the global options, with environment and config file applied.
struct Settings {
  /// `host:port` of xmpp-service and of mqtt-service.
  std::string server = "127.0.0.1:7443";
  std::string mqtt_server = "127.0.0.1:7444";
  /// Files with an API token for each service. Empty: what `login` has saved.
  std::string token_file;
  std::string mqtt_token_file;
  /// PEM file with the authorities to trust. Empty: plaintext to loopback, else the system's
  /// authorities.
  std::string ca_file;
  /// PEM files with the certificate to show to services that ask for one, and its key.
  std::string cert_file;
  std::string key_file;
  /// Bare JID in whose name the command acts. Empty: the one that the token is for.
  std::string account;
  /// One JSON object a line instead of text for people.
  bool json = false;
  /// --format and --fields as they were given; at most one of them.
  std::string format;
  std::string fields;
  /// Show the calls on standard error.
  bool verbose = false;
  /// How long a call may take, retries and waiting included.
  absl::Duration timeout = absl::Seconds(10);
  /// Whether somebody chose `timeout`. Where nobody did, commands that wait for others take longer.
  bool timeout_given = false;
  /// The profile in use; "" for none.
  std::string profile;
  /// Where the config file is or would be; "" where there is no place for one.
  std::string config_file;
  /// All of the above that a config file can set, for `config list`.
  std::vector<SettingValue> values;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SETTINGS_H_
