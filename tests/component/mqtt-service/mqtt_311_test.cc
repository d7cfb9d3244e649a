// With a broker that speaks MQTT 3.1.1: what works all the same, and what is said where it cannot.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "common/secret_file.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;

constexpr char kSet[] = "test/checkbox/lamp/set";
constexpr char kCommand[] = "test/checkbox/lamp/command";
constexpr char kReport[] = "test/checkbox/lamp/report";
constexpr char kState[] = "test/checkbox/lamp";

class Mqtt311Test : public ServiceFixture {
 protected:
  Mqtt311Test() { config_.broker.version = MqttVersion::k311; }

  static std::string Reason(const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); }
};

TEST_F(Mqtt311Test, ACommandReachesTheDeviceAndItsReportConfirms) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  device.AnswerWith(kCommand, kReport, [](const Heard& heard) { return heard.payload; });
  v1::SetCheckboxResponse response;

  const grpc::Status status =
      Set("lamp", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_CONFIRMED, &response);

  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.stage(), v1::CONFIRMATION_STAGE_CONFIRMED);
  EXPECT_TRUE(device.WaitForText(kState, R"("state":"ON")"));
}

TEST_F(Mqtt311Test, WhatADeviceReportedMeanwhileIsThereAfterARestart) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  StopService();
  device.Publish(kReport, "ON");

  StartService();

  EXPECT_TRUE(device.WaitForText(kState, R"("state":"ON")"));
}

TEST_F(Mqtt311Test, ARetainedSetThatTheBrokerRepeatsIsIgnored) {
  broker_.Start();
  MqttPeer controller(broker_.uri(), "test/#");
  controller.Publish(kSet, "ON", /*retained=*/true);
  StartService();
  ASSERT_TRUE(Create("lamp").ok());
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.subscriber().connected(); }));

  // Comes after the repetition.
  controller.Publish(kSet, "OFF");

  ASSERT_EQ(controller.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_EQ(controller.On(kCommand)[0].payload, "OFF");
  EXPECT_EQ(Get("lamp").version(), 1);
}

TEST_F(Mqtt311Test, WhatNeedsMqtt5IsRefusedAndNotLeftOut) {
  StartAll();
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.api_publisher().connected(); }));
  v1::PublishRequest publish;
  publish.set_request_id(RandomRequestId());
  publish.mutable_message()->set_topic("house/a");
  v1::PublishResponse published;
  EXPECT_TRUE(status_->Publish(MakeContext(token_).get(), publish, &published).ok());
  publish.set_request_id(RandomRequestId());
  publish.mutable_message()->set_content_type("text/plain");
  EXPECT_EQ(Reason(status_->Publish(MakeContext(token_).get(), publish, &published)),
            "MQTT_5_NEEDED");

  auto context = MakeContext(token_);
  v1::SubscribeRequest subscribe;
  subscribe.add_filters()->set_filter("house/#");
  subscribe.set_subscription_identifier(1);
  const auto refused = status_->Subscribe(context.get(), subscribe);
  v1::SubscribeResponse response;
  EXPECT_FALSE(refused->Read(&response));
  EXPECT_EQ(Reason(refused->Finish()), "MQTT_5_NEEDED");
}

TEST_F(Mqtt311Test, AProgramSubscribesAndIsToldWhatIsGranted) {
  StartAll();
  auto context = MakeContext(token_);
  v1::SubscribeRequest subscribe;
  for (const char* filter : {"house/#", "garden/+"}) subscribe.add_filters()->set_filter(filter);
  const auto stream = status_->Subscribe(context.get(), subscribe);
  v1::SubscribeResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.subscribed().granted_qos_size(), 2);
  MqttPeer peer(broker_.uri(), "nothing");

  peer.Publish("garden/gate", "open");

  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.message().payload(), "open");
  context->TryCancel();
  stream->Finish();
}

TEST_F(Mqtt311Test, TheStatusSaysWhatIsNotUsed) {
  StartAll();
  EXPECT_THAT(Status().echo().error_message(), HasSubstr("MQTT 3.1.1"));
}

/// Answers every CONNECT as a broker does that knows no MQTT 5 (MQTT 3.1.1, section 3.2.2.3).
class OldBroker {
 public:
  OldBroker() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    listen(listener_, 16);
    thread_ = std::thread([this] { Run(); });
  }
  ~OldBroker() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string uri() const { return absl::StrCat("tcp://127.0.0.1:", port_); }

 private:
  void Run() const {
    for (int peer = accept(listener_, nullptr, nullptr); peer >= 0;
         peer = accept(listener_, nullptr, nullptr)) {
      char connect[512];
      constexpr char kUnacceptableProtocol[] = {0x20, 0x02, 0x00, 0x01};
      if (recv(peer, connect, sizeof(connect), 0) > 0) {
        send(peer, kUnacceptableProtocol, sizeof(kUnacceptableProtocol), MSG_NOSIGNAL);
      }
      close(peer);
    }
  }

  int listener_;
  int port_ = 0;
  std::thread thread_;
};

TEST_F(Mqtt311Test, WhoMeetsABrokerWithoutMqtt5IsToldTheFlag) {
  OldBroker broker;
  config_.broker.version = MqttVersion::k5;
  config_.broker.uri = broker.uri();
  StartService();
  EXPECT_TRUE(WaitForStatus([](const auto& status) {
    return status.publisher().error_message().find("--broker_protocol=3.1.1") != std::string::npos;
  })) << Status().publisher().error_message();
}

TEST_F(Mqtt311Test, AWrongPasswordIsToldAsOne) {
  const std::string passwords = folder_.Path("passwords");
  std::ofstream(passwords) << "someone:$7$101$AAAA$AAAA\n";
  Mosquitto strict(folder_.Path(""), "allow_anonymous false\npassword_file " + passwords + "\n");
  strict.Start();
  config_.broker.uri = strict.uri();
  config_.broker.username = "someone";
  config_.broker.password_file = folder_.Path("password");
  ASSERT_TRUE(WriteSecretFile(config_.broker.password_file, "wrong").ok());
  StartService();

  EXPECT_TRUE(WaitForStatus([](const auto& status) {
    return status.publisher().error_message().find("not authorized") != std::string::npos;
  })) << Status().publisher().error_message();
}

}  // namespace
}  // namespace chatwire::mqtt
