#include "mqtt-service/service.h"

#include <utility>

#include "common/auth/token_store.h"
#include "common/state_dir.h"
#include "mqtt-service/service_parts.h"
#include "mqtt-service/store/sqlite_store.h"

namespace chatwire::mqtt {

absl::StatusOr<std::unique_ptr<MqttService>> MqttService::Start(const Config& config) {
  auto state_dir = StateDir::Open(config.state_dir);
  if (!state_dir.ok()) return state_dir.status();
  auto tokens = TokenStore::Open(state_dir->Path("tokens.db"));
  if (!tokens.ok()) return tokens.status();
  const auto admin = (*tokens)->EnsureAdminToken(state_dir->Path("admin.token"));
  if (!admin.ok()) return admin.status();
  auto store = SqliteStore::Open(state_dir->Path("mqtt.db"));
  if (!store.ok()) return store.status();
  std::unique_ptr<MqttService> service(new MqttService(std::make_unique<Parts>(
      config, *std::move(state_dir), *std::move(tokens), *std::move(store))));
  service->parts_->ConnectListeners();
  const absl::Status listening = service->parts_->Listen(config);
  if (!listening.ok()) return listening;
  service->parts_->StartThreads();
  return service;
}

MqttService::MqttService(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

MqttService::~MqttService() { parts_->Stop(); }

const std::string& MqttService::address() const { return parts_->server->address(); }

const std::string& MqttService::admin_token_file() const { return parts_->admin_token_file; }

}  // namespace chatwire::mqtt
