#ifndef CHATWIRE_CLI_SETTINGS_H_
#define CHATWIRE_CLI_SETTINGS_H_

#include <string>

#include "absl/time/time.h"

namespace chatwire::cli {

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
  /// Bare JID in whose name the command acts. Empty: the one that the token is for.
  std::string account;
  /// One JSON object a line instead of text for people.
  bool json = false;
  /// How long a call may take, retries and waiting included.
  absl::Duration timeout = absl::Seconds(10);
  /// Whether somebody chose `timeout`. Where nobody did, commands that wait for others take longer.
  bool timeout_given = false;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SETTINGS_H_
