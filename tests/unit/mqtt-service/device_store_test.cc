// Bindings in the store, the topics that follow from them, and stores from before there were any.
#include "absl/strings/match.h"
#include "common/sqlite/migrations.h"
#include "mqtt-service/broker/device_subscriptions.h"
#include "mqtt-service/store/device_text.h"
#include "mqtt-service/store/schema.h"
#include "tests/unit/mqtt-service/device_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The steps of the schema before there were devices.
std::vector<std::string> StepsBefore() {
  std::vector<std::string> steps;
  for (const std::string& step : Schema()) {
    if (absl::StrContains(step, "CREATE TABLE device_topic")) break;
    steps.push_back(step);
  }
  return steps;
}

class DeviceStoreTest : public DeviceFixture {
 protected:
  DeviceChanges Pending(DeviceSubscriptions& subscriptions) {
    const auto changes = subscriptions.Pending();
    EXPECT_TRUE(changes.ok()) << changes.status();
    return changes.value_or(DeviceChanges());
  }

  static std::vector<std::string> Topics(const DeviceChanges& changes) {
    std::vector<std::string> topics;
    for (const DeviceSubscription& one : changes.subscribe) topics.push_back(one.topic);
    return topics;
  }

  DeviceSubscriptions listener_{*store_, DeviceLink::kListener};
};

TEST_F(DeviceStoreTest, ABindingIsKeptAsItIs) {
  DeviceBinding binding = BindingAt("Küche/lamp");
  binding.payload_on = R"({"state":"ON \\ \""})";
  binding.qos = 2;
  EXPECT_TRUE(DeviceIn(DeviceText(binding)) == binding);
  EXPECT_TRUE(DeviceIn("") == DeviceBinding());
  // A later version may say more.
  EXPECT_TRUE(DeviceIn(DeviceText(binding) + "colour\tred\n") == binding);

  ASSERT_TRUE(CreateBound("lamp", binding).ok());
  store_ = *SqliteStore::Open(folder_.Path("mqtt.db"));
  EXPECT_TRUE(Get("lamp").device == binding);
}

TEST_F(DeviceStoreTest, TheTopicsFollowTheBinding) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  EXPECT_THAT(Wanted(DeviceLink::kListener),
              ElementsAre("bridge/there", "home/lamp/is", "home/lamp/there"));
  EXPECT_THAT(Wanted(DeviceLink::kEcho), ElementsAre("home/lamp/do"));

  ASSERT_TRUE(Rebind("lamp", BindingAt("home/other")).ok());
  EXPECT_THAT(Wanted(DeviceLink::kListener),
              ElementsAre("bridge/there", "home/other/is", "home/other/there"));
  EXPECT_THAT(Unwanted(DeviceLink::kListener), ElementsAre("home/lamp/is", "home/lamp/there"));
  EXPECT_THAT(Unwanted(DeviceLink::kEcho), ElementsAre("home/lamp/do"));

  Delete("lamp");
  EXPECT_THAT(Wanted(DeviceLink::kListener), IsEmpty());
  EXPECT_EQ(Unwanted(DeviceLink::kListener).size(), 5u);
}

TEST_F(DeviceStoreTest, AReportTouchesNoTopic) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  std::vector<Commit> commits;
  store_->AddListener([&](const Commit& commit) { commits.push_back(commit); });
  Report("lamp", SwitchState::kOn);
  ASSERT_TRUE(Rebind("lamp", BindingAt("home/other")).ok());
  ASSERT_EQ(commits.size(), 2u);
  EXPECT_FALSE(commits[0].devices);
  EXPECT_TRUE(commits[1].devices);
}

TEST_F(DeviceStoreTest, ALinkSubscribesToWhatIsNewAndLeavesWhatIsGone) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  const DeviceChanges first = Pending(listener_);
  EXPECT_THAT(Topics(first), ElementsAre("bridge/there", "home/lamp/is", "home/lamp/there"));
  ASSERT_TRUE(listener_.Done(first).ok());
  EXPECT_THAT(Topics(Pending(listener_)), IsEmpty());

  // Another one at the bridge needs what is retained there, too.
  ASSERT_TRUE(CreateBound("fan", BindingAt("home/fan")).ok());
  EXPECT_THAT(Topics(Pending(listener_)),
              ElementsAre("bridge/there", "home/fan/is", "home/fan/there"));
  ASSERT_TRUE(listener_.Done(Pending(listener_)).ok());

  Delete("lamp");
  const DeviceChanges gone = Pending(listener_);
  EXPECT_THAT(Topics(gone), IsEmpty());
  EXPECT_THAT(gone.unsubscribe, ElementsAre("home/lamp/is", "home/lamp/there"));
  ASSERT_TRUE(listener_.Done(gone).ok());
  EXPECT_THAT(Pending(listener_).unsubscribe, IsEmpty());
}

TEST_F(DeviceStoreTest, WhatAnEarlierLifeHasSubscribedToIsLeftToo) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  ASSERT_TRUE(listener_.Done(Pending(listener_)).ok());
  Delete("lamp");
  ASSERT_TRUE(CreateBound("fan", BindingAt("home/fan")).ok());

  // Given: the process has died before it could tell the broker.
  DeviceSubscriptions reborn(*store_, DeviceLink::kListener);
  reborn.Begin();
  const DeviceChanges changes = Pending(reborn);

  EXPECT_THAT(changes.unsubscribe, ElementsAre("home/lamp/is", "home/lamp/there"));
  EXPECT_THAT(Topics(changes), ElementsAre("bridge/there", "home/fan/is", "home/fan/there"));
}

TEST_F(DeviceStoreTest, OnANewConnectionAllIsSubscribedToAgain) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  ASSERT_TRUE(listener_.Done(Pending(listener_)).ok());
  listener_.Begin();
  EXPECT_EQ(Topics(Pending(listener_)).size(), 3u);
}

TEST_F(DeviceStoreTest, AStoreFromBeforeDevicesIsBroughtUpToDate) {
  const std::string path = folder_.Path("old.db");
  {
    auto database = sqlite::Database::Open(path);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(sqlite::Migrate(*database, StepsBefore()).ok());
    ASSERT_TRUE(database
                    ->Execute("INSERT INTO checkbox(name, title, virtual_device, desired, "
                              "reported, version, availability, change_source, change_actor, "
                              "change_time, create_time, pending_command, deleted, "
                              "change_sequence, labels) VALUES('lamp', 'Lamp', 0, 2, 2, 7, 1, 2, "
                              "'ops', 5, 4, '', 0, 3, 'kitchen')")
                    .ok());
    ASSERT_TRUE(database
                    ->Execute("INSERT INTO outbox(ordering_key, coalesced, topic, payload, retain, "
                              "correlation_data, command_id) VALUES('k', 0, 't', 'p', 0, '', 'c')")
                    .ok());
  }
  store_ = *SqliteStore::Open(path);
  const Checkbox lamp = Get("lamp");
  EXPECT_EQ(lamp.version, 7);
  EXPECT_EQ(lamp.reported, SwitchState::kOn);
  EXPECT_THAT(lamp.labels, ElementsAre("kitchen"));
  EXPECT_FALSE(lamp.device.bound());
  EXPECT_EQ(OutboxMessages().front().qos, 1);
  ASSERT_TRUE(Rebind("lamp", BindingAt("home/lamp")).ok());
  EXPECT_EQ(Wanted(DeviceLink::kListener).size(), 3u);
}

}  // namespace
}  // namespace chatwire::mqtt
