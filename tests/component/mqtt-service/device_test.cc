// Devices with topics of their own, on a real broker: asked, heard, left again.
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/clock.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/store/sqlite_store.h"
#include "tests/component/mqtt-service/eventually.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

constexpr char kAsked[] = "cmnd/plug/POWER";
constexpr char kSays[] = "stat/plug/POWER";
constexpr char kTelemetry[] = "tele/plug/STATE";
constexpr char kThere[] = "tele/plug/LWT";

class DeviceTest : public ServiceFixture {
 protected:
  DeviceTest() : talkative_(folder_.Path(""), "allow_anonymous true\nlog_type all\n") {
    config_.broker.uri = talkative_.uri();
  }

  void StartOnTalkativeBroker() {
    talkative_.Start();
    StartService();
    WaitUntilConnected();
  }

  void WaitUntilConnected() {
    ASSERT_TRUE(WaitForStatus([](const v1::GetStatusResponse& status) {
      return status.publisher().connected() && status.subscriber().connected() &&
             status.echo().connected();
    }));
  }

  static v1::DeviceBinding Tasmota(const std::string& topic) {
    v1::DeviceBinding device;
    device.set_preset(v1::DEVICE_PRESET_TASMOTA);
    device.set_topic(topic);
    return device;
  }

  grpc::Status CreateBound(const std::string& name, const v1::DeviceBinding& device) {
    v1::CreateCheckboxRequest request;
    request.set_name(name);
    *request.mutable_device() = device;
    request.set_request_id(RandomRequestId());
    v1::CreateCheckboxResponse response;
    return checkboxes_->CreateCheckbox(MakeContext(token_).get(), request, &response);
  }

  grpc::Status Rebind(const std::string& name, const v1::DeviceBinding& device) {
    v1::UpdateCheckboxRequest request;
    request.mutable_checkbox()->set_name(name);
    *request.mutable_checkbox()->mutable_device() = device;
    request.mutable_update_mask()->add_paths("device");
    request.set_request_id(RandomRequestId());
    v1::UpdateCheckboxResponse response;
    return checkboxes_->UpdateCheckbox(MakeContext(token_).get(), request, &response);
  }

  static std::string Reason(const grpc::Status& status) { return ReasonOf(FromGrpcStatus(status)); }

  bool WaitForCheckbox(const std::string& name,
                       const std::function<bool(const v1::Checkbox&)>& wanted) {
    return Eventually([&] { return wanted(Get(name)); });
  }

  /// Whether the broker has been asked to forget @p topic.
  bool WaitForPacket(const std::string& packet, const std::string& topic) {
    return Eventually([&] {
      std::ostringstream log;
      log << std::ifstream(folder_.Path("mosquitto.log")).rdbuf();
      const std::string text = log.str();
      const size_t from = text.find("Received " + packet);
      return from != std::string::npos && absl::StrContains(text.substr(from), "\t" + topic);
    });
  }

  Mosquitto talkative_;
};

TEST_F(DeviceTest, IsAskedAtOnceAfterItWasBoundAndConfirms) {
  StartOnTalkativeBroker();
  MqttPeer device(talkative_.uri(), "#");
  device.AnswerWith(kAsked, kSays, [](const Heard& heard) { return heard.payload; });
  v1::SetCheckboxResponse response;

  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  const grpc::Status status =
      Set("plug", v1::CHECKBOX_ACTION_ON, v1::CONFIRMATION_STAGE_CONFIRMED, &response);

  ASSERT_TRUE(status.ok()) << status.error_message();
  const auto commands = device.On(kAsked);
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands[0].payload, "ON");
  EXPECT_FALSE(commands[0].retained);
  EXPECT_FALSE(commands[0].correlation_data.empty());
  EXPECT_TRUE(device.On("test/checkbox/plug/command").empty());
  EXPECT_TRUE(device.WaitForText("test/checkbox/plug", R"("state":"ON")"));
}

TEST_F(DeviceTest, WhatIsRetainedIsReadWhenItIsBoundAlsoByASecondOne) {
  StartOnTalkativeBroker();
  MqttPeer device(talkative_.uri(), "none");
  device.Publish(kTelemetry, R"({"POWER":"ON","POWER2":"OFF"})", /*retained=*/true);
  device.Publish(kThere, "Online", /*retained=*/true);
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  EXPECT_TRUE(WaitForCheckbox("plug", [](const v1::Checkbox& plug) {
    return plug.reported() == v1::CHECKBOX_STATE_ON &&
           plug.availability() == v1::DEVICE_AVAILABILITY_ONLINE;
  }));

  v1::DeviceBinding second = Tasmota("plug");
  second.set_channel("2");
  ASSERT_TRUE(CreateBound("plug-2", second).ok());

  EXPECT_TRUE(WaitForCheckbox("plug-2", [](const v1::Checkbox& plug) {
    return plug.reported() == v1::CHECKBOX_STATE_OFF &&
           plug.availability() == v1::DEVICE_AVAILABILITY_ONLINE;
  }));
}

TEST_F(DeviceTest, WhatIsRetainedIsReadAgainAfterAReconnect) {
  StartOnTalkativeBroker();
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  StopService();
  {
    // As most devices publish: nothing that the broker would keep in our session.
    ::mqtt::async_client device(talkative_.uri(), "plug");
    device.connect()->wait();
    device.publish(kSays, "ON", 2, /*qos=*/0, /*retained=*/true)->wait();
    device.publish(kThere, "Offline", 7, /*qos=*/0, /*retained=*/true)->wait();
    device.disconnect()->wait();
  }

  StartService();

  EXPECT_TRUE(WaitForCheckbox("plug", [](const v1::Checkbox& plug) {
    return plug.reported() == v1::CHECKBOX_STATE_ON &&
           plug.availability() == v1::DEVICE_AVAILABILITY_OFFLINE;
  }));
}

TEST_F(DeviceTest, IsHeardAgainAfterTheBrokerForgotEverything) {
  StartOnTalkativeBroker();
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  talkative_.Kill();
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return !status.subscriber().connected(); }));
  talkative_.Start();
  WaitUntilConnected();
  MqttPeer device(talkative_.uri(), "none");
  device.Publish(kSays, "ON");
  EXPECT_TRUE(WaitForCheckbox(
      "plug", [](const v1::Checkbox& plug) { return plug.reported() == v1::CHECKBOX_STATE_ON; }));
}

TEST_F(DeviceTest, ATopicThatNobodyWantsIsLeft) {
  StartOnTalkativeBroker();
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  for (const char* const topic : {kSays, kTelemetry, kThere, kAsked}) {
    ASSERT_TRUE(WaitForPacket("SUBSCRIBE", topic)) << topic;
  }
  ASSERT_TRUE(Rebind("plug", Tasmota("other")).ok());
  for (const char* const topic : {kSays, kTelemetry, kThere, kAsked}) {
    EXPECT_TRUE(WaitForPacket("UNSUBSCRIBE", topic)) << topic;
  }
  EXPECT_EQ(Get("plug").device().command_topic(), "cmnd/other/POWER");
}

TEST_F(DeviceTest, ATopicOfTheKeptSessionIsLeftAfterARestart) {
  StartOnTalkativeBroker();
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  MqttPeer device(talkative_.uri(), "none");
  device.Publish(kSays, "ON");
  ASSERT_TRUE(WaitForCheckbox(
      "plug", [](const v1::Checkbox& plug) { return plug.reported() == v1::CHECKBOX_STATE_ON; }));
  StopService();
  {
    // Given: it was unbound, and the process died before it could tell the broker.
    SystemClock clock;
    const Announcer announcer{Topics("test")};
    const CheckboxRules rules(announcer, clock, {});
    auto store = *SqliteStore::Open(absl::StrCat(config_.state_dir, "/mqtt.db"));
    CheckboxChange change;
    change.device = DeviceBinding();
    ASSERT_TRUE(store
                    ->Write([&](Transaction& transaction) {
                      return rules.Update(transaction, "plug", change).status();
                    })
                    .ok());
  }

  StartService();

  EXPECT_TRUE(WaitForPacket("UNSUBSCRIBE", kSays));
}

TEST_F(DeviceTest, WhatCannotBeIsRefused) {
  StartOnTalkativeBroker();
  ASSERT_TRUE(CreateBound("plug", Tasmota("plug")).ok());
  EXPECT_EQ(Reason(CreateBound("again", Tasmota("plug"))), "TOPIC_TAKEN");
  EXPECT_EQ(Reason(CreateBound("wild", Tasmota("+"))), "BAD_DEVICE");
  EXPECT_EQ(Reason(Rebind("plug", Tasmota(""))), "BAD_DEVICE");
  v1::DeviceBinding silent = Tasmota("plug");
  silent.set_preset(v1::DEVICE_PRESET_CUSTOM);
  silent.clear_topic();
  silent.set_command_topic("a");
  silent.set_payload_on("1");
  silent.set_payload_off("0");
  EXPECT_EQ(Reason(CreateBound("silent", silent)), "BAD_DEVICE");
  EXPECT_EQ(Get("plug").device().command_topic(), kAsked);
}

}  // namespace
}  // namespace chatwire::mqtt
