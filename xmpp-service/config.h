#ifndef CHATWIRE_XMPP_SERVICE_CONFIG_H_
#define CHATWIRE_XMPP_SERVICE_CONFIG_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/server.h"
#include "xmpp-service/file_options.h"
#include "xmpp-service/journal/event_table.h"
#include "xmpp-service/session/session_options.h"

namespace chatwire::xmpp {

/// What the flags of chatwire-xmppd say, checked. See --help.
struct Config {
  ServerOptions server;
  std::string state_dir;
  std::string ready_file;
  std::string log_format;
  SessionOptions session;
  FileOptions files;
  size_t threads = 2;
  absl::Duration login_timeout;
  int registrations_per_minute = 0;
  Retention retention;
  size_t max_accounts = 0;
};

/// Reads the flags, which have been set before. Errors: INVALID_ARGUMENT that names the flag.
absl::StatusOr<Config> ReadConfig();

/// Reads `domain=host:port,...`. Errors: INVALID_ARGUMENT.
absl::StatusOr<std::map<std::string, Route>> ParseRoutes(const std::string& text);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_CONFIG_H_
