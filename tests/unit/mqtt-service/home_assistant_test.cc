// What Home Assistant is told, and when. The form is that of its documentation of device discovery.
#include "mqtt-service/broker/home_assistant.h"

#include <nlohmann/json.hpp>

#include "mqtt-service/wire/home_assistant_payload.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kConfig[] = "homeassistant/device/chatwire/config";

class HomeAssistantTest : public RulesFixture {
 protected:
  HomeAssistant Make(const std::string& prefix = "homeassistant") {
    HomeAssistantOptions options;
    options.prefix = prefix;
    return HomeAssistant(*store_, rules_, topics_, queue_, nullptr, options);
  }

  /// Runs @p work, and returns what it has put into the outbox.
  std::vector<OutboxMessage> Told(const std::function<void(Transaction&)>& work) {
    const auto before = OutboxMessages();
    const int64_t last = before.empty() ? 0 : before.back().id;
    Do(work);
    std::vector<OutboxMessage> told;
    for (OutboxMessage& message : OutboxMessages()) {
      if (message.id > last) told.push_back(std::move(message));
    }
    return told;
  }

  std::vector<OutboxMessage> Announce(HomeAssistant&& home) { return Announce(home); }
  std::vector<OutboxMessage> Announce(HomeAssistant& home) {
    return Told([&](Transaction& transaction) { home.Announce(transaction); });
  }

  std::vector<OutboxMessage> Reconcile(HomeAssistant& home,
                                       const HomeAssistant::Retained& retained) {
    return Told([&](Transaction& transaction) { home.Reconcile(transaction, retained); });
  }

  void Delete(const std::string& name) {
    Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, name, 0).ok()); });
  }

  static std::vector<std::string> Components(const std::string& payload) {
    std::vector<std::string> names;
    const json config = json::parse(payload);
    for (const auto& [name, component] : config["cmps"].items()) {
      names.push_back(component.size() == 1 ? "-" + name : name);
    }
    return names;
  }

  Topics topics_{"chatwire"};
  WorkQueue queue_;
};

TEST_F(HomeAssistantTest, ASwitchHasTheDocumentedForm) {
  Create("desk-lamp", "Lâmpada");
  const auto told = Announce(Make());
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].topic, kConfig);
  EXPECT_TRUE(told[0].retain);
  const json config = json::parse(told[0].payload);
  EXPECT_EQ(config["dev"]["ids"], json::array({"chatwire"}));
  EXPECT_EQ(config["dev"]["name"], "Chatwire");
  EXPECT_EQ(config["o"]["name"], "chatwire-mqttd");
  EXPECT_FALSE(config["o"]["sw"].get<std::string>().empty());
  EXPECT_EQ(config["qos"], 1);
  const json wanted = json::parse(R"json({
    "p": "switch", "unique_id": "chatwire_desk-lamp", "default_entity_id": "switch.desk_lamp",
    "name": "Lâmpada",
    "state_topic": "chatwire/checkbox/desk-lamp", "value_template": "{{ value_json.state }}",
    "state_on": "ON", "state_off": "OFF",
    "command_topic": "chatwire/checkbox/desk-lamp/set", "payload_on": "ON", "payload_off": "OFF",
    "optimistic": false, "retain": false,
    "json_attributes_topic": "chatwire/checkbox/desk-lamp",
    "availability": [{"topic": "chatwire/bridge/state"},
      {"topic": "chatwire/checkbox/desk-lamp",
       "value_template": "{{ 'offline' if value_json is defined and value_json.available == false else 'online' }}"}],
    "availability_mode": "all"})json");
  EXPECT_EQ(config["cmps"]["desk-lamp"], wanted);
  // Removed from Home Assistant's Core in 2026.4.
  EXPECT_FALSE(config["cmps"]["desk-lamp"].contains("object_id"));
}

TEST_F(HomeAssistantTest, OnlyWhatHasChangedIsTold) {
  HomeAssistant home = Make();
  EXPECT_THAT(Announce(home), IsEmpty());
  Create("lamp");
  EXPECT_THAT(Announce(home), SizeIs(1));
  EXPECT_THAT(Announce(home), IsEmpty());
  Set("lamp", SwitchAction::kOn);
  EXPECT_THAT(Announce(home), IsEmpty());
  Do([&](Transaction& transaction) {
    CheckboxChange change;
    change.title = "Hall";
    ASSERT_TRUE(rules_.Update(transaction, "lamp", change).ok());
  });
  EXPECT_THAT(Announce(home), SizeIs(1));
}

TEST_F(HomeAssistantTest, ACheckboxGoesInTwoSteps) {
  HomeAssistant home = Make();
  Create("fan");
  Create("lamp");
  Announce(home);
  Delete("fan");
  const auto told = Announce(home);
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(Components(told[0].payload), ElementsAre("-fan", "lamp"));
  EXPECT_EQ(json::parse(told[0].payload)["cmps"]["fan"], json::parse(R"({"p":"switch"})"));
  EXPECT_THAT(Components(told[1].payload), ElementsAre("lamp"));
  // Both are published, in this order.
  EXPECT_EQ(told[0].ordering_key, told[1].ordering_key);
  EXPECT_FALSE(told[0].coalesce || told[1].coalesce);
  Delete("lamp");
  const auto last = Announce(home);
  ASSERT_THAT(last, SizeIs(1));
  EXPECT_EQ(last[0].payload, "");
  EXPECT_TRUE(last[0].retain);
}

TEST_F(HomeAssistantTest, WithoutAPrefixOrUnderAnotherOneItIsTakenBack) {
  Create("lamp");
  Announce(Make());
  const auto moved = Announce(Make("ha"));
  ASSERT_THAT(moved, SizeIs(2));
  EXPECT_EQ(moved[0].topic, kConfig);
  EXPECT_EQ(moved[0].payload, "");
  EXPECT_EQ(moved[1].topic, "ha/device/chatwire/config");
  const auto off = Announce(Make(""));
  ASSERT_THAT(off, SizeIs(1));
  EXPECT_EQ(off[0].topic, "ha/device/chatwire/config");
  EXPECT_EQ(off[0].payload, "");
}

TEST_F(HomeAssistantTest, WhatTheBrokerHasIsNotToldAgain) {
  HomeAssistant home = Make();
  Create("lamp");
  const std::string payload = Announce(home)[0].payload;
  EXPECT_THAT(Reconcile(home, {{kConfig, payload}}), IsEmpty());
  // It forgot.
  EXPECT_THAT(Reconcile(home, {}), SizeIs(1));
}

TEST_F(HomeAssistantTest, WhatAnEarlierLifeHasLeftBehindIsCleared) {
  HomeAssistant home = Make();
  Create("lamp");
  Announce(home);
  Checkbox old;
  old.name = "old";
  const auto told = Reconcile(
      home,
      {{kConfig, HomeAssistantPayload(topics_, 1, {old, Get("lamp")}, {})},
       {"homeassistant/device/chatwire__7/config", HomeAssistantPayload(topics_, 7, {old}, {})}});
  ASSERT_THAT(told, SizeIs(3));
  EXPECT_THAT(Components(told[0].payload), ElementsAre("lamp", "-old"));
  EXPECT_THAT(Components(told[1].payload), ElementsAre("lamp"));
  EXPECT_EQ(told[2].topic, "homeassistant/device/chatwire__7/config");
  EXPECT_EQ(told[2].payload, "");
}

TEST_F(HomeAssistantTest, WhatALostStateFolderHadToldGoesInTwoSteps) {
  Checkbox old;
  old.name = "old";
  Create("lamp");
  HomeAssistant home = Make();
  const auto told = Reconcile(home, {{kConfig, HomeAssistantPayload(topics_, 1, {old}, {})}});
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(Components(told[0].payload), ElementsAre("lamp", "-old"));
  EXPECT_THAT(Components(told[1].payload), ElementsAre("lamp"));
}

TEST_F(HomeAssistantTest, NobodyElsesMessagesAreTaken) {
  Checkbox lamp;
  lamp.name = "lamp";
  EXPECT_THAT(OwnComponents(topics_, HomeAssistantPayload(topics_, 1, {lamp}, {"fan"})),
              ElementsAre("lamp"));
  EXPECT_THAT(OwnComponents(topics_, HomeAssistantPayload(Topics("other"), 1, {lamp}, {})),
              IsEmpty());
  for (const char* other :
       {"", "nonsense", "[]", R"({"o":{"name":"zigbee2mqtt"},"cmps":{"lamp":{"p":"switch"}}})",
        R"({"o":{"name":"chatwire-mqttd"}})", R"({"o":{"name":"chatwire-mqttd"},"cmps":[1]})",
        R"({"o":{"name":7},"cmps":{"lamp":{}}})"}) {
    EXPECT_THAT(OwnComponents(topics_, other), IsEmpty()) << other;
  }
}

TEST_F(HomeAssistantTest, ABirthBringsEverythingOnceMoreDiscoveryFirst) {
  HomeAssistant home = Make();
  Create("lamp");
  Announce(home);
  const auto told = Told([&](Transaction& transaction) { home.AnnounceAgain(transaction); });
  std::vector<std::string> topics;
  for (const OutboxMessage& message : told) topics.push_back(message.topic);
  EXPECT_THAT(topics, ElementsAre(kConfig, "chatwire/bridge/state", "chatwire/checkbox/lamp"));
}

TEST_F(HomeAssistantTest, ManyArePartsOfSeveralDevicesAndStayThere) {
  HomeAssistant home = Make();
  constexpr size_t kMany = HomeAssistant::kMostComponents + 1;
  for (size_t i = 0; i < kMany; ++i) Create("c" + std::to_string(1000 + i));
  const auto told = Announce(home);
  ASSERT_THAT(told, SizeIs(2));
  EXPECT_THAT(Components(told[0].payload), SizeIs(HomeAssistant::kMostComponents));
  EXPECT_EQ(told[1].topic, "homeassistant/device/chatwire__2/config");
  // Given room in the first device
  Delete("c1000");
  const auto after = Announce(home);
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(after[1].topic, kConfig);
  // Then the next new one goes there, and the second device stays as it is.
  Create("d");
  const auto more = Announce(home);
  ASSERT_THAT(more, SizeIs(1));
  EXPECT_EQ(more[0].topic, kConfig);
}

TEST_F(HomeAssistantTest, TwoBasesNeverShareAnId) {
  std::set<std::string> ids;
  for (const char* base : {"chatwire", "a/b", "a_b", "a.b", "a__2", "a", "2", "_2"}) {
    for (int number : {1, 2}) ids.insert(HomeAssistantDeviceId(Topics(base), number));
  }
  EXPECT_THAT(ids, SizeIs(16));
  for (const std::string& id : ids) {
    EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-"), std::string::npos)
        << id;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
