#include "mqtt-service/config.h"

#include <set>

#include "absl/flags/flag.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/wire/chat_words.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:7444",
          "gRPC address, host:port; port 0 takes a free one");
ABSL_FLAG(std::string, state_dir, "", "folder for the database and the admin token (required)");
ABSL_FLAG(std::string, tls_cert, "", "PEM file with the server's certificate chain");
ABSL_FLAG(std::string, tls_key, "", "PEM file with the server's key");
ABSL_FLAG(std::string, tls_client_ca, "", "PEM file: callers must show a certificate of it");
ABSL_FLAG(bool, insecure_listen, false,
          "listen beyond loopback without TLS: tokens can be read on the network");
ABSL_FLAG(bool, reflection, true, "serve gRPC reflection");
ABSL_FLAG(std::string, ready_file, "", "file to write the address to once the server listens");
ABSL_FLAG(std::string, log_format, "text", "text or json");
ABSL_FLAG(std::string, broker, "mqtt://127.0.0.1:1883",
          "MQTT broker: mqtt://, mqtts://, ws:// or wss://, host:port");
ABSL_FLAG(std::string, broker_username, "", "user name at the broker");
ABSL_FLAG(std::string, broker_password_file, "", "file with the password at the broker");
ABSL_FLAG(std::string, broker_ca_file, "",
          "PEM file with the authorities to trust for the broker; empty: the system's");
ABSL_FLAG(std::string, broker_cert_file, "",
          "PEM file with the certificate chain to show to the broker (mutual TLS)");
ABSL_FLAG(std::string, broker_key_file, "", "PEM file with that certificate's key");
ABSL_FLAG(std::string, broker_protocol, "5",
          "version of MQTT: 5, or 3.1.1, which cannot promise that a device is told once");
ABSL_FLAG(std::string, base_topic, "chatwire", "all MQTT topics are below it");
ABSL_FLAG(std::string, home_assistant_prefix, "",
          "discovery prefix of Home Assistant, usually homeassistant: checkboxes become its "
          "switches; empty: they do not");
ABSL_FLAG(std::string, homie_domain, "",
          "domain of the Homie convention (version 5), usually homie: checkboxes become its "
          "devices; empty: they do not");
ABSL_FLAG(std::string, xmpp_service, "127.0.0.1:7443", "address of chatwire-xmppd, host:port");
ABSL_FLAG(std::string, xmpp_service_token_file, "", "file with an API token of chatwire-xmppd");
ABSL_FLAG(
    std::string, xmpp_service_ca, "",
    "PEM file with the authorities to trust for chatwire-xmppd; empty: no TLS, loopback only");
ABSL_FLAG(std::string, xmpp_service_cert, "",
          "PEM file with the certificate chain to show to chatwire-xmppd (mutual TLS)");
ABSL_FLAG(std::string, xmpp_service_key, "", "PEM file with that certificate's key");
ABSL_FLAG(
    std::string, chat_accounts, "",
    "comma list of accounts whose chat operates checkboxes; empty: all that the token is for");
ABSL_FLAG(std::string, chat_allow, "contacts",
          "who may operate checkboxes by chat: contacts, *, bare JIDs, @domains, room:JID, "
          "room:JID#moderator (or visitor, participant, member, admin, owner: at least that), as a "
          "comma list");
ABSL_FLAG(std::string, chat_rooms, "own",
          "rooms that are believed when they tell whose nick it is: own (those of the account's "
          "domain and below it), *, bare JIDs of rooms, @domains, as a comma list; in others only "
          "room: entries of chat_allow count");
ABSL_FLAG(std::string, chat_room_prefix, "",
          "what may stand in front of a command in a room beside the account's nick, such as !");
ABSL_FLAG(bool, chat_room_unaddressed, false,
          "carry out commands in rooms that are addressed to nobody");
ABSL_FLAG(std::string, chat_words, "",
          "JSON file with more words for the chat, or others, or those of another language (see "
          "docs/chat.md)");
ABSL_FLAG(std::string, chat_mirror_exclude, "",
          "comma list of accounts whose messages are not copied to MQTT");
ABSL_FLAG(bool, chat_form, true,
          "offer the checkboxes as a form in chat clients (XEP-0050) to who may operate them");
ABSL_FLAG(absl::Duration, chat_command_max_age, absl::Minutes(5),
          "a chat command that was sent longer ago is refused");
ABSL_FLAG(int32_t, chat_commands_per_minute, 1200,
          "how many commands of one person are carried out in a minute; 0: any number");
ABSL_FLAG(absl::Duration, confirm_timeout, absl::Seconds(5),
          "say \"not confirmed yet\" when the device has not reported for so long");
ABSL_FLAG(absl::Duration, command_expiry, absl::Seconds(30),
          "give a command up when the device has not reported for so long");
ABSL_FLAG(absl::Duration, history_retention, absl::Hours(24 * 90),
          "how long it is known what happened to checkboxes, and who did it");

namespace chatwire::mqtt {
namespace {

std::set<std::string> Jids(const std::string& list) {
  std::set<std::string> jids;
  for (const absl::string_view entry : absl::StrSplit(list, ',', absl::SkipWhitespace())) {
    jids.insert(absl::AsciiStrToLower(absl::StripAsciiWhitespace(entry)));
  }
  return jids;
}

absl::Status CheckHomeAssistantPrefix(const std::string& prefix, const std::string& base) {
  const bool within = prefix == base || absl::StartsWith(prefix, base + "/");
  if (CheckBaseTopic(prefix).ok() && !within) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--home_assistant_prefix must be levels of printable ASCII such as homeassistant, without "
      "+, #, $ and blanks, and not below --base_topic");
}

absl::Status CheckTimes(const Config& config) {
  const bool good =
      config.times.confirm_timeout > absl::ZeroDuration() &&
      config.times.expiry > absl::ZeroDuration() && config.times.expiry <= absl::Hours(24) &&
      config.chat.command_max_age > absl::ZeroDuration() && config.chat.commands_per_minute >= 0 &&
      config.history_retention >= absl::Hours(1);
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--confirm_timeout, --command_expiry and --chat_command_max_age must be more than 0, "
      "--command_expiry at most 24h, --history_retention at least 1h, and "
      "--chat_commands_per_minute not negative");
}

void ReadServer(Config& config) {
  config.server.listen = absl::GetFlag(FLAGS_listen);
  config.server.tls_cert_file = absl::GetFlag(FLAGS_tls_cert);
  config.server.tls_key_file = absl::GetFlag(FLAGS_tls_key);
  config.server.tls_client_ca_file = absl::GetFlag(FLAGS_tls_client_ca);
  config.server.insecure_listen = absl::GetFlag(FLAGS_insecure_listen);
  config.server.reflection = absl::GetFlag(FLAGS_reflection);
  config.state_dir = absl::GetFlag(FLAGS_state_dir);
  config.ready_file = absl::GetFlag(FLAGS_ready_file);
  config.log_format = absl::GetFlag(FLAGS_log_format);
}

absl::Status ReadBroker(Config& config) {
  config.broker_url = absl::GetFlag(FLAGS_broker);
  config.base_topic = absl::GetFlag(FLAGS_base_topic);
  auto uri = PahoUri(config.broker_url);
  if (!uri.ok()) return uri.status();
  config.broker.uri = *std::move(uri);
  config.broker.username = absl::GetFlag(FLAGS_broker_username);
  config.broker.password_file = absl::GetFlag(FLAGS_broker_password_file);
  config.broker.ca_file = absl::GetFlag(FLAGS_broker_ca_file);
  config.broker.certificate_file = absl::GetFlag(FLAGS_broker_cert_file);
  config.broker.key_file = absl::GetFlag(FLAGS_broker_key_file);
  const auto version = ParseMqttVersion(absl::GetFlag(FLAGS_broker_protocol));
  if (!version.ok()) return version.status();
  config.broker.version = *version;
  const absl::Status tls = CheckBrokerTls(config.broker);
  if (!tls.ok()) return tls;
  config.home_assistant.prefix = absl::GetFlag(FLAGS_home_assistant_prefix);
  config.homie.domain = absl::GetFlag(FLAGS_homie_domain);
  absl::Status good = CheckBaseTopic(config.base_topic);
  if (good.ok() && !config.homie.domain.empty()) {
    good = CheckHomieDomain(config.homie.domain, config.base_topic);
  }
  if (!good.ok() || config.home_assistant.prefix.empty()) return good;
  return CheckHomeAssistantPrefix(config.home_assistant.prefix, config.base_topic);
}

absl::Status ReadRooms(RoomSettings& rooms) {
  auto trust = RoomTrust::Parse(absl::GetFlag(FLAGS_chat_rooms));
  if (!trust.ok()) return trust.status();
  rooms.trust = *std::move(trust);
  rooms.prefix = absl::GetFlag(FLAGS_chat_room_prefix);
  rooms.unaddressed = absl::GetFlag(FLAGS_chat_room_unaddressed);
  return CheckRoomPrefix(rooms.prefix);
}

absl::Status ReadWords(Phrasebook& words) {
  const std::string file = absl::GetFlag(FLAGS_chat_words);
  if (file.empty()) return absl::OkStatus();
  auto read = ReadChatWords(file);
  if (!read.ok()) return read.status();
  words = *std::move(read);
  return absl::OkStatus();
}

absl::Status ReadChat(Config& config) {
  config.xmpp_service.target = absl::GetFlag(FLAGS_xmpp_service);
  config.xmpp_service.ca_file = absl::GetFlag(FLAGS_xmpp_service_ca);
  config.xmpp_service.cert_file = absl::GetFlag(FLAGS_xmpp_service_cert);
  config.xmpp_service.key_file = absl::GetFlag(FLAGS_xmpp_service_key);
  config.xmpp_service_token_file = absl::GetFlag(FLAGS_xmpp_service_token_file);
  config.chat.accounts = Jids(absl::GetFlag(FLAGS_chat_accounts));
  config.chat.mirror_exclude = Jids(absl::GetFlag(FLAGS_chat_mirror_exclude));
  config.chat_form = absl::GetFlag(FLAGS_chat_form);
  config.chat.command_max_age = absl::GetFlag(FLAGS_chat_command_max_age);
  config.chat.commands_per_minute = absl::GetFlag(FLAGS_chat_commands_per_minute);
  config.times.confirm_timeout = absl::GetFlag(FLAGS_confirm_timeout);
  config.times.expiry = absl::GetFlag(FLAGS_command_expiry);
  config.history_retention = absl::GetFlag(FLAGS_history_retention);
  auto policy = SenderPolicy::Parse(absl::GetFlag(FLAGS_chat_allow));
  if (!policy.ok()) return policy.status();
  config.chat.policy = *std::move(policy);
  absl::Status status = ReadRooms(config.chat.rooms);
  if (status.ok()) status = ReadWords(config.chat.words);
  return status.ok() ? CheckTimes(config) : status;
}

}  // namespace

absl::StatusOr<Config> ReadConfig() {
  Config config;
  ReadServer(config);
  if (config.state_dir.empty()) return absl::InvalidArgumentError("give --state_dir=FOLDER");
  absl::Status status = ReadBroker(config);
  if (status.ok()) status = ReadChat(config);
  if (!status.ok()) return status;
  return config;
}

}  // namespace chatwire::mqtt
