#include "mqtt-service/broker/broker_options.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

absl::Status BadBroker(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_BROKER"}, message);
}

}  // namespace

absl::StatusOr<std::string> PahoUri(const std::string& url) {
  const size_t separator = url.find("://");
  if (separator == std::string::npos || separator + 3 == url.size()) {
    return BadBroker("the broker must be given as mqtt://host:port or mqtts://host:port");
  }
  if (url.find('@') != std::string::npos) {
    return BadBroker(
        "the broker's address must not hold a user name or password; use --broker_username and "
        "--broker_password_file");
  }
  const std::string scheme = url.substr(0, separator);
  const std::string rest = url.substr(separator);
  if (scheme == "mqtt" || scheme == "tcp") return "tcp" + rest;
  if (scheme == "mqtts" || scheme == "ssl") return "ssl" + rest;
  if (scheme == "ws" || scheme == "wss") return url;
  return BadBroker(absl::StrCat("\"", scheme, "\" is none of mqtt, mqtts, ws, wss"));
}

}  // namespace chatwire::mqtt
