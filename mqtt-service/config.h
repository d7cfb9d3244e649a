#ifndef CHATWIRE_MQTT_SERVICE_CONFIG_H_
#define CHATWIRE_MQTT_SERVICE_CONFIG_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/broker/home_assistant.h"
#include "mqtt-service/broker/homie.h"
#include "mqtt-service/domain/chat_rules.h"
#include "mqtt-service/domain/checkbox_rules.h"

namespace chatwire::mqtt {

/// Everything that an operator decides, checked.
struct Config {
  ServerOptions server;
  std::string state_dir;
  /// Written once the server listens, with its address. Empty: not.
  std::string ready_file;
  /// The client id is filled in by the service, from its store.
  BrokerOptions broker;
  /// The broker as the operator wrote it, for status.
  std::string broker_url;
  std::string base_topic;
  ChannelOptions xmpp_service;
  std::string xmpp_service_token_file;
  ChatSettings chat;
  /// Whether the checkboxes are offered as a form in chat clients.
  bool chat_form = true;
  CommandTimes times;
  HomeAssistantOptions home_assistant;
  HomieOptions homie;
  /// How long it is known what happened to checkboxes.
  absl::Duration history_retention = absl::Hours(24 * 90);
  std::string log_format;
};

/// Reads the flags (after LoadFlags). Errors: INVALID_ARGUMENT with what is wrong and what to
/// write.
absl::StatusOr<Config> ReadConfig();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_CONFIG_H_
