#include "mqtt-service/broker/broker_options.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/secret_file.h"
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

absl::StatusOr<MqttVersion> ParseMqttVersion(const std::string& text) {
  if (text == "5" || text == "5.0") return MqttVersion::k5;
  if (text == "3.1.1") return MqttVersion::k311;
  return BadBroker(absl::StrCat("--broker_protocol=", text, " is neither 5 nor 3.1.1"));
}

absl::Status CheckBrokerTls(const BrokerOptions& options) {
  if (options.certificate_file.empty() != options.key_file.empty()) {
    return BadBroker("give --broker_cert_file and --broker_key_file together");
  }
  for (const std::string& file : {options.ca_file, options.certificate_file}) {
    if (file.empty()) continue;
    if (!UsesTls(options)) {
      return BadBroker(absl::StrCat(file,
                                    " is for TLS, and the broker's address is not: write "
                                    "mqtts:// or wss://"));
    }
    const auto readable = ReadPublicFile(file);
    if (!readable.ok()) return BadBroker(std::string(readable.status().message()));
  }
  if (options.key_file.empty()) return absl::OkStatus();
  const auto key = ReadSecretFile(options.key_file);
  return key.ok() ? absl::OkStatus() : BadBroker(std::string(key.status().message()));
}

bool UsesTls(const BrokerOptions& options) {
  return absl::StartsWith(options.uri, "ssl://") || absl::StartsWith(options.uri, "wss://");
}

}  // namespace chatwire::mqtt
