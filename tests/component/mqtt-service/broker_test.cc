// What the service does with a real broker: who it listens to, what it refuses, what it works
// around.
#include <fstream>

#include "mqtt-service/broker/paho_publisher.h"
#include "mqtt-service/broker/publish_loop.h"
#include "mqtt-service/store/sqlite_store.h"
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kSet[] = "test/checkbox/lamp/set";
constexpr char kCommand[] = "test/checkbox/lamp/command";
constexpr char kState[] = "test/checkbox/lamp";

class BrokerTest : public ServiceFixture {};

TEST_F(BrokerTest, AControllerSetsTheCheckbox) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");

  controller.Publish(kSet, "TOGGLE");

  ASSERT_EQ(controller.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_EQ(controller.On(kCommand)[0].payload, "ON");
  EXPECT_EQ(Get("lamp").last_change().source(), v1::CHANGE_SOURCE_MQTT);
}

TEST_F(BrokerTest, ARetainedSetIsIgnored) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");

  controller.Publish(kSet, "ON", /*retained=*/true);
  // Messages of one publisher come in order: once this one has worked, the other was seen.
  controller.Publish(kSet, "OFF");

  ASSERT_EQ(controller.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_EQ(controller.On(kCommand)[0].payload, "OFF");
  EXPECT_EQ(Get("lamp").version(), 1);

  StopService();
  StartService();
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.subscriber().connected(); }));
  controller.Publish(kSet, "OFF");
  EXPECT_EQ(controller.WaitFor(kCommand, 2)[1].payload, "OFF");
  EXPECT_EQ(Get("lamp").version(), 2);
}

TEST_F(BrokerTest, ARetainedReportIsTrueWhenItComesAndOldWhenItIsRepeated) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  device.Publish("test/checkbox/lamp/report", "ON", /*retained=*/true);
  ASSERT_TRUE(device.WaitForText(kState, R"("state":"ON")"));
  device.Publish("test/checkbox/lamp/report", "OFF");
  ASSERT_TRUE(device.WaitForText(kState, R"("state":"OFF")"));

  StopService();
  StartService();
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.subscriber().connected(); }));
  // Comes after the repetition of the retained report.
  device.Publish("test/checkbox/lamp/availability", "online");

  ASSERT_TRUE(device.WaitForText(kState, R"("available":true)"));
  EXPECT_EQ(Get("lamp").reported(), v1::CHECKBOX_STATE_OFF);
}

TEST_F(BrokerTest, AnMqttRequestGetsAnAnswerAndARepetitionOnlyTheAnswer) {
  StartAll();
  MqttPeer controller(broker_.uri(), "answers/#");
  const ::mqtt::properties request{{::mqtt::property::RESPONSE_TOPIC, std::string("answers/1")},
                                   {::mqtt::property::CORRELATION_DATA, std::string("abc")}};

  controller.Publish(kSet, "TOGGLE", false, request);
  controller.Publish(kSet, "TOGGLE", false, request);

  const auto answers = controller.WaitFor("answers/1", 2);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_THAT(answers[1].payload, HasSubstr(R"("ok":true)"));
  EXPECT_EQ(answers[1].correlation_data, "abc");
  EXPECT_EQ(Get("lamp").version(), 1);
}

TEST_F(BrokerTest, AGetIsAnsweredOnItsResponseTopic) {
  StartAll();
  MqttPeer controller(broker_.uri(), "answers/#");
  const ::mqtt::properties request{{::mqtt::property::RESPONSE_TOPIC, std::string("answers/1")},
                                   {::mqtt::property::CORRELATION_DATA, std::string("abc")}};

  controller.Publish("test/checkbox/lamp/get", "", false, request);
  controller.Publish("test/checkbox/lmap/get", "", false, request);

  const auto answers = controller.WaitFor("answers/1", 2);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_THAT(answers[0].payload, HasSubstr(R"("version":0)"));
  EXPECT_EQ(answers[0].correlation_data, "abc");
  EXPECT_THAT(answers[1].payload, HasSubstr("CHECKBOX_NOT_FOUND"));
}

TEST_F(BrokerTest, AGetMayAskForTheHistory) {
  StartAll();
  MqttPeer panel(broker_.uri(), "test/#");
  panel.Publish(kSet, R"({"state":"ON","through":"panel","by":"hall"})");
  ASSERT_TRUE(panel.WaitForText(kState, R"("changed_by":"panel:hall")"));

  panel.Publish("test/checkbox/lamp/get", R"({"history":10})", false,
                {{::mqtt::property::RESPONSE_TOPIC, std::string("test/response/1")}});

  const auto answers = panel.WaitFor("test/response/1", 1);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_THAT(answers[0].payload, StartsWith(R"({"name":"lamp","history":[{"at":"2)"));
  EXPECT_THAT(answers[0].payload, HasSubstr(R"("what":"set","state":null,"desired":"ON")"));
  EXPECT_THAT(answers[0].payload, HasSubstr(R"("by":"panel:hall"},{"at")"));
  EXPECT_THAT(answers[0].payload, HasSubstr(R"("what":"created")"));
}

TEST_F(BrokerTest, AGetWithoutAResponseTopicRepeatsTheState) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");
  const size_t before = controller.WaitFor(kState, 1).size();
  controller.Publish("test/checkbox/lamp/get", "");
  EXPECT_GT(controller.WaitFor(kState, before + 1).size(), before);
}

TEST_F(BrokerTest, AControllerSaysWhoWantsIt) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");
  controller.Publish(kSet, R"({"state":"ON","by":"wall panel"})");
  EXPECT_TRUE(controller.WaitForText(kState, R"("changed_by":"mqtt:wall panel")"));
  EXPECT_EQ(Get("lamp").last_change().actor(), "wall panel");
}

TEST_F(BrokerTest, AnMqttRequestThatFailsSaysWhy) {
  StartAll();
  MqttPeer controller(broker_.uri(), "answers/#");
  const ::mqtt::properties request{{::mqtt::property::RESPONSE_TOPIC, std::string("answers/1")}};

  controller.Publish(kSet, R"({"state":"ON","expected_version":9})", false, request);

  const auto answers = controller.WaitFor("answers/1", 1);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_THAT(answers[0].payload, HasSubstr("VERSION_MISMATCH"));
  EXPECT_EQ(Get("lamp").version(), 0);
}

TEST_F(BrokerTest, NobodyMakesUsCommandADeviceThroughAResponseTopic) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");
  const ::mqtt::properties request{
      {::mqtt::property::RESPONSE_TOPIC, std::string("test/checkbox/other/command")}};

  controller.Publish(kSet, "ON", false, request);

  ASSERT_EQ(controller.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_TRUE(controller.WaitForText(kState, R"("pending":true)"));
  EXPECT_TRUE(WaitForStatus([](const auto& status) { return status.outbox_count() == 0; }));
  EXPECT_TRUE(controller.On("test/checkbox/other/command").empty());
}

TEST_F(BrokerTest, NonsenseOnTheTopicsChangesNothing) {
  StartAll();
  MqttPeer controller(broker_.uri(), "test/#");

  controller.Publish(kSet, "MAYBE");
  controller.Publish(kSet, "{\"state\":");
  controller.Publish("test/checkbox/BAD NAME/set", "ON");
  controller.Publish("test/checkbox/nobody/set", "ON");
  controller.Publish("test/checkbox/lamp/report", "\xff\xfe");
  controller.Publish(kSet, "ON");

  ASSERT_EQ(controller.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_EQ(Get("lamp").version(), 1);
}

TEST_F(BrokerTest, AvailabilityIsKept) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  device.Publish("test/checkbox/lamp/availability", "offline", /*retained=*/true);
  EXPECT_TRUE(device.WaitForText(kState, R"("available":false)"));
  EXPECT_EQ(Get("lamp").availability(), v1::DEVICE_AVAILABILITY_OFFLINE);
}

TEST_F(BrokerTest, ADeletedCheckboxLeavesNoRetainedTopic) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  device.Publish("test/checkbox/lamp/availability", "online", /*retained=*/true);
  ASSERT_TRUE(device.WaitForText(kState, R"("available":true)"));
  v1::DeleteCheckboxRequest request;
  request.set_name("lamp");
  request.set_request_id(RandomRequestId());
  v1::DeleteCheckboxResponse response;
  ASSERT_TRUE(checkboxes_->DeleteCheckbox(MakeContext(token_).get(), request, &response).ok());
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.outbox_count() == 0; }));

  MqttPeer newcomer(broker_.uri(), "test/#");
  ASSERT_EQ(newcomer.WaitFor("test/bridge/state", 1).size(), 1u);
  newcomer.Publish("test/marker", "x");
  ASSERT_EQ(newcomer.WaitFor("test/marker", 1).size(), 1u);
  EXPECT_TRUE(newcomer.On(kState).empty());
  EXPECT_TRUE(newcomer.On("test/checkbox/lamp/availability").empty());
}

TEST_F(BrokerTest, HomeAssistantIsToldWhenItStartsAndWhenTheBrokerForgot) {
  constexpr char kConfig[] = "homeassistant/device/chatwire-test/config";
  config_.home_assistant.prefix = "homeassistant";
  config_.home_assistant.gather = absl::ZeroDuration();
  config_.home_assistant.listen = absl::Milliseconds(300);
  config_.home_assistant.birth_jitter = absl::ZeroDuration();
  StartAll();
  {
    MqttPeer home(broker_.uri(), "homeassistant/#");
    ASSERT_TRUE(home.WaitForText(kConfig, R"("unique_id":"chatwire-test_lamp")"));
    const size_t before = home.On(kConfig).size();
    home.Publish("homeassistant/status", "online");
    EXPECT_GT(home.WaitFor(kConfig, before + 1).size(), before);
    ASSERT_TRUE(Create("fan").ok());
    EXPECT_TRUE(home.WaitForText(kConfig, R"("unique_id":"chatwire-test_fan")"));
  }
  // Given a broker that forgets
  broker_.Kill();
  broker_.Start();
  MqttPeer late(broker_.uri(), "homeassistant/#");
  EXPECT_TRUE(late.WaitForText(kConfig, R"("unique_id":"chatwire-test_fan")"));
}

TEST_F(BrokerTest, TheBrokerHearsWhetherTheServiceIsThere) {
  StartAll();
  MqttPeer witness(broker_.uri(), "test/bridge/state");
  EXPECT_TRUE(witness.WaitForText("test/bridge/state", "online"));
  StopService();
  EXPECT_TRUE(witness.WaitForText("test/bridge/state", "offline"));
}

/// A broker whose rules do not let the service publish commands.
class RefusingBrokerTest : public ServiceFixture {
 protected:
  RefusingBrokerTest() {
    const std::string acl = folder_.Path("acl");
    std::ofstream(acl)
        << "topic read test/#\ntopic write test/bridge/#\ntopic write test/checkbox/+\n"
        << "topic write test/chat/#\ntopic write test/checkbox/+/report\n";
    refusing_.emplace(folder_.Path(""), "allow_anonymous true\nacl_file " + acl + "\n");
    config_.broker.uri = refusing_->uri();
    refusing_->Start();
  }

  std::optional<Mosquitto> refusing_;
};

TEST_F(RefusingBrokerTest, ARefusedCommandIsSaidAndNotTriedForEver) {
  StartService();
  ASSERT_TRUE(Create("lamp").ok());
  ASSERT_TRUE(xmpp_.WaitForFollower());

  xmpp_.Say("lamp on");

  EXPECT_THAT(xmpp_.WaitForReplies(1),
              testing::ElementsAre(StartsWith("lamp: not sent, the MQTT broker refused it")));
  EXPECT_FALSE(Get("lamp").pending());
  EXPECT_TRUE(WaitForStatus([](const auto& status) { return status.outbox_count() == 0; }));
}

/// The loop against a real broker and the real Paho, one message after the other and with ticks in
/// between. That a tick heals a lost wake-up is shown by publish_loop_test, where the wake-up can
/// be lost at will.
TEST_F(BrokerTest, EveryOneOfManySequentialPublishesArrivesOnce) {
  constexpr int kMessages = 3000;
  broker_.Start();
  SystemClock clock;
  const Announcer announcer{Topics("test")};
  const CheckboxRules checkbox_rules(announcer, clock, {});
  const DeadlineRules deadline_rules(announcer, clock);
  auto store = *SqliteStore::Open(folder_.Path("loop.db"));
  BrokerOptions options;
  options.uri = broker_.uri();
  options.client_id = "loop";
  PahoPublisher connection(options, announcer.topics());
  PublishLoop loop(*store, checkbox_rules, deadline_rules, connection, clock);
  store->AddListener([&](const Commit& commit) {
    if (commit.outbox) loop.Wake();
  });
  LinkState state("test", "broker", clock);
  MqttPeer witness(broker_.uri(), "test/one");
  ASSERT_TRUE(store
                  ->Write([](Transaction& transaction) {
                    for (int i = 0; i < kMessages; ++i) {
                      OutboxMessage message;
                      message.topic = "test/one";
                      message.ordering_key = message.topic;
                      message.payload = "x";
                      transaction.outbox().Add(message);
                    }
                    return absl::OkStatus();
                  })
                  .ok());
  LinkThread thread(loop, state, LinkBackoff());

  thread.Start();

  // One key means one in flight: 3,000 times the send thread has to wake up.
  EXPECT_EQ(witness.WaitFor("test/one", kMessages).size(), static_cast<size_t>(kMessages));
  EXPECT_EQ(witness.On("test/one").size(), static_cast<size_t>(kMessages));
  RecordProperty("ticks", static_cast<int>(loop.tick_count()));
}

}  // namespace
}  // namespace chatwire::mqtt
