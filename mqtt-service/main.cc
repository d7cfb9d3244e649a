// chatwire-mqttd: operates named checkboxes over MQTT, for chat messages and for gRPC callers.
#include <iostream>

#include "absl/log/log.h"
#include "common/flags.h"
#include "common/log.h"
#include "common/signal_wait.h"
#include "mqtt-service/config.h"
#include "mqtt-service/service.h"

namespace {

constexpr char kUsage[] =
    "Operates named checkboxes over MQTT, for chat messages and gRPC callers.\n"
    "  chatwire-mqttd --state_dir=DIR --broker=mqtt://HOST:1883 "
    "--xmpp_service_token_file=FILE [flags]";

int Fail(const absl::Status& status) {
  std::cerr << "chatwire-mqttd: " << status.message() << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  chatwire::BlockStopSignals();
  const absl::Status flags =
      chatwire::LoadFlags(argc, argv, kUsage, "chatwire-mqttd " CHATWIRE_VERSION);
  if (!flags.ok()) return Fail(flags);
  const auto config = chatwire::mqtt::ReadConfig();
  if (!config.ok()) return Fail(config.status());
  const absl::Status log = chatwire::StartLog(config->log_format);
  if (!log.ok()) return Fail(log);
  for (const std::string& name : chatwire::UnknownEnvironment()) {
    LOG(WARNING) << "the environment variable " << name << " names no flag; ignored";
  }
  const auto service = chatwire::mqtt::MqttService::Start(*config);
  if (!service.ok()) return Fail(service.status());
  const int signal = chatwire::WaitForStopSignal();
  LOG(INFO) << "stopping on signal " << signal;
  return 0;
}
