// The checkboxes as Homie devices. The form is that of the convention, version 5.
#include "mqtt-service/broker/homie.h"

#include <nlohmann/json.hpp>
#include <set>

#include "mqtt-service/wire/homie_payload.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kRoot[] = "homie/5/chatwire";
constexpr char kLamp[] = "homie/5/chatwire-lamp";
constexpr char kSet[] = "homie/5/chatwire-lamp/checkbox/state/set";

class HomieTest : public RulesFixture {
 protected:
  static HomieOptions In(const std::string& domain) {
    HomieOptions options;
    options.domain = domain;
    return options;
  }

  /// "topic payload" of what @p work has put into the outbox below `homie`, in order. A description
  /// is "{...}".
  std::vector<std::string> Told(const std::function<void(Transaction&)>& work) {
    const auto before = OutboxMessages();
    const int64_t last = before.empty() ? 0 : before.back().id;
    Do(work);
    std::vector<std::string> told;
    for (const OutboxMessage& message : OutboxMessages()) {
      if (message.id <= last || message.topic.rfind("homie/", 0) != 0) continue;
      EXPECT_TRUE(message.retain) << message.topic;
      EXPECT_EQ(message.topic.rfind(message.ordering_key + "/", 0), 0u) << "one lane a device";
      const bool document = message.payload.rfind('{', 0) == 0;
      told.push_back(message.topic.substr(8) + " " + (document ? "{...}" : message.payload));
    }
    return told;
  }

  /// The same of a change, and of what then follows it.
  std::vector<std::string> ToldOf(const std::function<void(Transaction&)>& change) {
    Do(change);
    return Told([&](Transaction& transaction) { homie_.Follow(transaction); });
  }

  std::vector<std::string> Announce(bool again = false) {
    return Told([&](Transaction& transaction) { homie_.Announce(transaction, again); });
  }

  json Description(const std::string& device) {
    json description;
    for (const OutboxMessage& message : OutboxMessages()) {
      if (message.topic == device + "/$description") description = json::parse(message.payload);
    }
    return description;
  }

  void Hear(const std::string& topic, const std::string& payload, bool retained = false) {
    InboundMessage message;
    message.topic = topic;
    message.payload = payload;
    message.retained = retained;
    homie_.Handle(message);
  }

  WorkQueue queue_;
  HomieDevices homie_{*store_, rules_, "chatwire", queue_, clock_, In("homie")};
};

TEST_F(HomieTest, ACheckboxIsAChildWithOneBooleanThatCanBeSet) {
  Create("lamp", "Lâmpada");
  EXPECT_THAT(Announce(),
              ElementsAre("chatwire-lamp/$state init", "chatwire-lamp/$description {...}",
                          "chatwire-lamp/checkbox/state/$target ", "chatwire-lamp/checkbox/state ",
                          "chatwire-lamp/$state ready", "chatwire/$state init",
                          "chatwire/$description {...}", "chatwire/$state ready"));
  json lamp = Description(kLamp);
  EXPECT_GT(lamp["version"].get<int64_t>(), 0);
  lamp.erase("version");
  EXPECT_EQ(lamp, json::parse(R"json({"homie": "5.0", "name": "Lâmpada", "root": "chatwire",
    "nodes": {"checkbox": {"name": "Lâmpada", "properties": {"state": {"name": "State",
      "datatype": "boolean", "format": "off,on", "settable": true, "retained": true}}}}})json"));
  json root = Description(kRoot);
  root.erase("version");
  EXPECT_EQ(root, json::parse(R"({"homie": "5.0", "name": "Chatwire",
    "children": ["chatwire-lamp"]})"));
}

TEST_F(HomieTest, TheTargetIsWhatIsWantedAndTheValueWhatTheDeviceSays) {
  Create("lamp");
  Announce();
  EXPECT_THAT(ToldOf([](Transaction&) {}), IsEmpty());
  const auto set = ToldOf([&](Transaction& transaction) {
    SetWish wish;
    wish.name = "lamp";
    wish.action = SwitchAction::kOn;
    ASSERT_TRUE(rules_.Set(transaction, wish).ok());
  });
  EXPECT_THAT(set, ElementsAre("chatwire-lamp/checkbox/state/$target true",
                               "chatwire-lamp/checkbox/state "));
  const auto reported = ToldOf([&](Transaction& transaction) {
    reports_.Report(transaction, {"lamp", SwitchState::kOn, ""});
  });
  EXPECT_THAT(reported, ElementsAre("chatwire-lamp/checkbox/state/$target true",
                                    "chatwire-lamp/checkbox/state true"));
  EXPECT_THAT(ToldOf([&](Transaction& transaction) {
                reports_.Report(transaction, {"lamp", SwitchState::kOn, ""});
              }),
              IsEmpty());
  const auto away = ToldOf([&](Transaction& transaction) {
    reports_.SetAvailability(transaction, "lamp", Availability::kOffline);
  });
  EXPECT_THAT(away, ::testing::Contains("chatwire-lamp/$state lost"));
}

TEST_F(HomieTest, ASetIsAcceptedWhereItIsABooleanAndNotRetained) {
  Create("lamp");
  Announce();
  Hear(kSet, "true", /*retained=*/true);
  for (const char* bad : {"TRUE", "ON", "1", "", " true", "toggle"}) Hear(kSet, bad);
  Hear("homie/5/chatwire-fan/checkbox/state/set", "true");
  Hear("homie/5/other-lamp/checkbox/state/set", "true");
  EXPECT_EQ(Get("lamp").version, 0);
  Hear(kSet, "true");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  EXPECT_EQ(Get("lamp").last_change.actor, "homie");
  // Who asks again is answered again.
  Hear(kSet, "true");
  EXPECT_EQ(Get("lamp").version, 2);
}

TEST_F(HomieTest, ADescriptionChangesInInitAndItsVersionGrows) {
  Create("lamp");
  Announce();
  EXPECT_THAT(Announce(), IsEmpty());
  const int64_t before = Description(kLamp)["version"];
  const int64_t root_before = Description(kRoot)["version"];
  Do([&](Transaction& transaction) {
    CheckboxChange change;
    change.title = "Hall";
    ASSERT_TRUE(rules_.Update(transaction, "lamp", change).ok());
  });
  EXPECT_THAT(Announce(),
              ElementsAre("chatwire-lamp/$state init", "chatwire-lamp/$description {...}",
                          "chatwire-lamp/checkbox/state/$target ", "chatwire-lamp/checkbox/state ",
                          "chatwire-lamp/$state ready"));
  EXPECT_GT(Description(kLamp)["version"].get<int64_t>(), before);
  EXPECT_EQ(Description(kRoot)["version"].get<int64_t>(), root_before);
}

TEST_F(HomieTest, WhoIsGoneIsNamedNoMoreAndThenLosesItsStateFirst) {
  Create("lamp");
  Announce();
  Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, "lamp", 0).ok()); });
  EXPECT_THAT(
      Announce(),
      ElementsAre("chatwire/$state init", "chatwire/$description {...}", "chatwire/$state ready",
                  "chatwire-lamp/$state ", "chatwire-lamp/$description ",
                  "chatwire-lamp/checkbox/state/$target ", "chatwire-lamp/checkbox/state "));
  EXPECT_EQ(Description(kRoot)["children"], json::array());
}

TEST_F(HomieTest, EverythingIsToldAgainWithoutBeingChanged) {
  Create("lamp");
  Announce();
  const int64_t version = Description(kLamp)["version"];
  EXPECT_THAT(
      Announce(/*again=*/true),
      ElementsAre("chatwire-lamp/$description {...}", "chatwire-lamp/checkbox/state/$target ",
                  "chatwire-lamp/checkbox/state ", "chatwire-lamp/$state ready",
                  "chatwire/$description {...}", "chatwire/$state ready"));
  EXPECT_EQ(Description(kLamp)["version"].get<int64_t>(), version);
}

TEST_F(HomieTest, ABrokerThatIsAwayPilesNothingUp) {
  Create("lamp");
  Announce();
  const size_t before = OutboxMessages().size();
  for (int i = 0; i < 10; ++i) Announce(/*again=*/true);
  EXPECT_EQ(OutboxMessages().size(), before);
}

TEST_F(HomieTest, WithoutADomainOrUnderAnotherOneItIsTakenBack) {
  Create("lamp");
  Announce();
  HomieDevices off(*store_, rules_, "chatwire", queue_, clock_, In(""));
  const auto told = Told([&](Transaction& transaction) { off.Announce(transaction, true); });
  EXPECT_THAT(told, ::testing::IsSupersetOf({"chatwire/$state ", "chatwire-lamp/$state "}));
  EXPECT_EQ(told.size(), 8u);
  EXPECT_THAT(Told([&](Transaction& transaction) { off.Announce(transaction, true); }), IsEmpty());
}

TEST(HomieTopicsTest, AnIdIsReadableAndInItsAlphabet) {
  const HomieTopics topics("homie", "chatwire");
  EXPECT_EQ(topics.IdOf("desk-lamp"), "chatwire-desk-lamp");
  EXPECT_EQ(topics.IdOf("desk_lamp"), "chatwire-desk--ulamp");
  EXPECT_EQ(topics.IdOf("-x"), "chatwire--s-x");
  EXPECT_EQ(HomieTopics("homie", "home/My-house").root_id(), "home--x2f--x4dy--mhouse");
}

/// All names up to a length over the characters that can be confused.
std::vector<std::string> Names() {
  std::vector<std::string> names = {""};
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() == 5) break;
    for (const char c : {'-', '_', 'u', 'm', 's'}) names.push_back(names[i] + c);
  }
  names.erase(names.begin());
  return names;
}

TEST(HomieTopicsTest, EachIdMeansOneCheckboxOfOneBase) {
  std::set<std::string> ids;
  size_t count = 0;
  for (const char* base : {"chatwire", "chatwire-u", "chatwire_", "chatwire-", "chatwire/s", "c"}) {
    const HomieTopics topics("homie", base);
    ids.insert(topics.root_id());
    ++count;
    for (const std::string& name : Names()) {
      const std::string id = topics.IdOf(name);
      EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos);
      EXPECT_EQ(topics.ParseSet("homie/5/" + id + "/checkbox/state/set"), name);
      ids.insert(id);
      ++count;
    }
  }
  EXPECT_EQ(ids.size(), count);
}

TEST(HomieTopicsTest, OtherDevicesAreNotOurs) {
  const HomieTopics topics("homie", "chatwire");
  for (const char* other :
       {"chatwire", "chatwire-", "chatwirelamp", "chatwire--lamp", "chatwire-lamp--",
        "chatwire-lamp--x41", "chatwire--slamp", "lamp", "chatwire-Lamp", "chatwire-a--m"}) {
    const std::string topic = "homie/5/" + std::string(other) + "/checkbox/state/set";
    EXPECT_FALSE(topics.ParseSet(topic).has_value()) << other;
  }
  EXPECT_FALSE(topics.ParseSet("homie/5/chatwire-lamp/checkbox/state").has_value());
  EXPECT_FALSE(topics.ParseSet("homie/4/chatwire-lamp/checkbox/state/set").has_value());
}

TEST(HomieTopicsTest, ADomainIsOneLevelAndNotOurOwn) {
  EXPECT_TRUE(CheckHomieDomain("homie", "chatwire").ok());
  for (const char* bad : {"", "a/b", "+", "#", "$x", "a b", "home"}) {
    EXPECT_FALSE(CheckHomieDomain(bad, "home/chatwire").ok()) << bad;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
