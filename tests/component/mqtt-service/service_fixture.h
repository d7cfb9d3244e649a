#ifndef CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_SERVICE_FIXTURE_H_
#define CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_SERVICE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "chatwire/mqtt/v1/broker_service.grpc.pb.h"
#include "chatwire/mqtt/v1/checkbox_group_service.grpc.pb.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "common/rpc/channel.h"
#include "mqtt-service/service.h"
#include "tests/component/mqtt-service/fake_xmpp_service.h"
#include "tests/component/mqtt-service/mosquitto.h"
#include "tests/component/mqtt-service/mqtt_peer.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire::mqtt {

/// The real service with a real Mosquitto, a real store and a fake xmpp-service.
class ServiceFixture : public ::testing::Test {
 protected:
  ServiceFixture();

  /// Starts the service with `config`, and its clients.
  void StartService();
  /// Ends it without its goodbyes to the peers; a start afterwards goes on from the store.
  void StopService();
  /// Starts broker, xmpp-service and the service, waits until all are connected, and makes `lamp`.
  void StartAll();

  grpc::Status Create(const std::string& name, bool virtual_device = false);
  grpc::Status Set(const std::string& name, v1::CheckboxAction action, v1::ConfirmationStage wait,
                   v1::SetCheckboxResponse* response,
                   const std::string& request_id = RandomRequestId());
  v1::Checkbox Get(const std::string& name);
  v1::GetStatusResponse Status();
  /// Waits until @p wanted holds for the status, at most 20 s.
  bool WaitForStatus(const std::function<bool(const v1::GetStatusResponse&)>& wanted);
  static std::string RandomRequestId();

  TemporaryDirectory folder_;
  Mosquitto broker_{folder_.Path("")};
  FakeXmppService xmpp_;
  Config config_;
  std::unique_ptr<MqttService> service_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::CheckboxService::Stub> checkboxes_;
  std::unique_ptr<v1::CheckboxGroupService::Stub> groups_;
  std::unique_ptr<v1::BrokerService::Stub> status_;
  std::string token_;
};

/// A context with @p token and a deadline.
std::unique_ptr<grpc::ClientContext> MakeContext(const std::string& token);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_SERVICE_FIXTURE_H_
