#include "mqtt-service/broker/paho_client.h"

#include "absl/log/log.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/secret_file.h"

namespace chatwire::mqtt {
namespace {

constexpr std::chrono::seconds kKeepAlive{20};
constexpr std::chrono::milliseconds kPollStep{50};
constexpr absl::Duration kGoodbyeTimeout = absl::Milliseconds(1500);

/// MQTT 3.1.1, section 3.2.2.3: why a connection is refused.
enum ConnackCode {
  kUnacceptableProtocol = 1,
  kIdRejected,
  kUnavailable,
  kBadPassword,
  kNotAuthorized
};

std::string ConnackWords(int code) {
  switch (code) {
    case kUnacceptableProtocol:
      return "the broker does not speak this version of MQTT; start with --broker_protocol=3.1.1";
    case kIdRejected:
      return "the broker says: the client id is not allowed";
    case kUnavailable:
      return "the broker says: not available";
    case kBadPassword:
      return "the broker says: bad user name or password";
    case kNotAuthorized:
      return "the broker says: not authorized (user name, password or certificate)";
    default:
      return "";
  }
}

::mqtt::ssl_options MakeTls(const BrokerOptions& options) {
  ::mqtt::ssl_options_builder tls;
  // Paho checks the certificate's chain by default, but not whose certificate it is.
  tls.enable_server_cert_auth(true).verify(true);
  if (!options.ca_file.empty()) tls.trust_store(options.ca_file);
  if (!options.certificate_file.empty()) {
    tls.key_store(options.certificate_file).private_key(options.key_file);
  }
  tls.error_handler([](const std::string& words) {
    LOG(WARNING) << "MQTT TLS: " << absl::StripTrailingAsciiWhitespace(words);
  });
  return tls.finalize();
}

::mqtt::connect_options_builder MakeSession(MqttVersion version, const SessionTerms& terms) {
  const bool clean = terms.expiry == absl::ZeroDuration();
  if (version == MqttVersion::k311) {
    auto connect = ::mqtt::connect_options_builder::v3();
    connect.mqtt_version(MQTTVERSION_3_1_1).clean_session(clean);
    return connect;
  }
  auto connect = ::mqtt::connect_options_builder::v5();
  ::mqtt::properties properties;
  if (!clean) {
    // Without the expiry, MQTT 5 drops the session at every disconnect.
    properties.add({::mqtt::property::SESSION_EXPIRY_INTERVAL,
                    static_cast<int32_t>(absl::ToInt64Seconds(terms.expiry))});
  }
  if (terms.receive_maximum > 0) {
    properties.add({::mqtt::property::RECEIVE_MAXIMUM, terms.receive_maximum});
  }
  connect.clean_start(clean).properties(properties);
  return connect;
}

}  // namespace

std::unique_ptr<::mqtt::async_client> MakePahoClient(const BrokerOptions& options,
                                                     const std::string& client_id) {
  auto create =
      ::mqtt::create_options_builder()
          .server_uri(options.uri)
          .client_id(client_id)
          .mqtt_version(options.version == MqttVersion::k5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1)
          .persistence(::mqtt::NO_PERSISTENCE)
          .send_while_disconnected(false)
          .finalize();
  return std::make_unique<::mqtt::async_client>(create);
}

absl::StatusOr<::mqtt::connect_options_builder> MakeConnectOptions(const BrokerOptions& options,
                                                                   const SessionTerms& terms) {
  auto connect = MakeSession(options.version, terms);
  connect.keep_alive_interval(kKeepAlive)
      .connect_timeout(absl::ToChronoMilliseconds(options.connect_timeout))
      .automatic_reconnect(false);
  if (!options.username.empty()) connect.user_name(options.username);
  if (!options.password_file.empty()) {
    const auto password = ReadSecretFile(options.password_file);
    if (!password.ok()) return password.status();
    connect.password(*password);
  }
  if (UsesTls(options)) connect.ssl(MakeTls(options));
  return connect;
}

absl::Status WaitFor(const ::mqtt::token_ptr& token, absl::Duration timeout,
                     const std::atomic<bool>& interrupted) {
  const absl::Time end = absl::Now() + timeout;
  try {
    while (!token->wait_for(kPollStep)) {
      if (interrupted) return absl::CancelledError("the service is stopping");
      if (absl::Now() > end)
        return absl::DeadlineExceededError("the broker did not answer in time");
    }
  } catch (const ::mqtt::exception& error) {
    return absl::UnavailableError(
        PahoWords(error.get_return_code(), error.get_reason_code(), error.get_message()));
  }
  return absl::OkStatus();
}

void SayGoodbye(::mqtt::async_client& client, const std::string& topic, const std::string& words,
                const std::string& tick) {
  if (!client.is_connected()) return;
  const std::atomic<bool> never{false};
  absl::Status done;
  try {
    const auto said = client.publish(topic, words, /*qos=*/1, /*retained=*/true);
    client.publish(tick, "", 0, /*qos=*/0, /*retained=*/false);
    done = WaitFor(said, kGoodbyeTimeout, never);
    if (done.ok()) done = WaitFor(client.disconnect(0), kGoodbyeTimeout, never);
  } catch (const std::exception& error) {
    done = absl::UnavailableError(error.what());
  }
  if (!done.ok()) LOG(INFO) << "MQTT: no goodbye on " << topic << ": " << done.message();
}

std::string PahoWords(int return_code, int reason_code, const std::string& message) {
  if (reason_code == ::mqtt::ReasonCode::UNSUPPORTED_PROTOCOL_VERSION) {
    return ConnackWords(kUnacceptableProtocol);
  }
  if (std::string words = ConnackWords(return_code); !words.empty()) return words;
  if (reason_code >= 0x80) {
    return absl::StrCat("the broker says: ", ::mqtt::exception::reason_code_str(reason_code));
  }
  const std::string words = message.empty() ? ::mqtt::exception::error_str(return_code) : message;
  return absl::StrCat("the broker cannot be reached: ", words.empty() ? "no connection" : words);
}

}  // namespace chatwire::mqtt
