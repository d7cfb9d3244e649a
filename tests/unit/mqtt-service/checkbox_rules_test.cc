#include "common/error.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CheckboxRulesTest : public RulesFixture {
 protected:
  absl::Status TrySet(const std::string& name, int64_t expected_version) {
    return store_->Write([&](Transaction& transaction) {
      SetWish wish;
      wish.name = name;
      wish.action = SwitchAction::kOn;
      wish.expected_version = expected_version;
      return rules_.Set(transaction, wish).status();
    });
  }

  absl::Status Delete(const std::string& name, int64_t expected_version = 0) {
    return store_->Write([&](Transaction& transaction) {
      return rules_.Delete(transaction, name, expected_version);
    });
  }
};

TEST_F(CheckboxRulesTest, ASetIsVersionedAndAsksTheDevice) {
  Create("lamp");
  const std::string id = Set("lamp", SwitchAction::kOn);

  const Checkbox lamp = Get("lamp");
  EXPECT_EQ(lamp.desired, SwitchState::kOn);
  EXPECT_EQ(lamp.reported, SwitchState::kUnknown);
  EXPECT_EQ(lamp.version, 1);
  EXPECT_EQ(lamp.pending_command, id);
  const auto messages = OutboxMessages();
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].topic, "chatwire/checkbox/lamp/command");
  EXPECT_EQ(messages[0].payload, "ON");
  EXPECT_FALSE(messages[0].retain);
  EXPECT_EQ(messages[0].correlation_data, id);
  EXPECT_EQ(messages[0].expire_time, clock_.Now() + absl::Seconds(30));
  EXPECT_EQ(messages[1].topic, "chatwire/checkbox/lamp");
  EXPECT_TRUE(messages[1].retain);
}

TEST_F(CheckboxRulesTest, EveryCommandIsSentAndOnlyTheNewestStateIs) {
  Create("lamp");
  for (int i = 0; i < 3; ++i) Set("lamp", SwitchAction::kToggle);

  std::vector<std::string> commands;
  int states = 0;
  for (const OutboxMessage& message : OutboxMessages()) {
    if (message.retain) {
      ++states;
    } else {
      commands.push_back(message.payload);
    }
  }
  EXPECT_THAT(commands, ::testing::ElementsAre("ON", "OFF", "ON"));
  EXPECT_EQ(states, 1);
}

TEST_F(CheckboxRulesTest, AVirtualCheckboxIsWhatIsWanted) {
  Create("mode", "", /*virtual_device=*/true);
  EXPECT_EQ(Set("mode", SwitchAction::kOn), "");
  EXPECT_EQ(Get("mode").reported, SwitchState::kOn);
  EXPECT_EQ(Get("mode").pending_command, "");
}

TEST_F(CheckboxRulesTest, AStaleVersionChangesNothing) {
  Create("lamp");
  Set("lamp", SwitchAction::kOn);
  const absl::Status status = TrySet("lamp", 7);
  EXPECT_EQ(ReasonOf(status), "VERSION_MISMATCH");
  EXPECT_EQ(MetadataOf(status)["version"], "1");
  EXPECT_EQ(Get("lamp").version, 1);
  EXPECT_TRUE(TrySet("lamp", 1).ok());
}

TEST_F(CheckboxRulesTest, AnUnknownNameGetsTheNearest) {
  Create("lamp");
  const absl::Status status = TrySet("lmap", 0);
  EXPECT_EQ(ReasonOf(status), "CHECKBOX_NOT_FOUND");
  EXPECT_EQ(MetadataOf(status)["nearest"], "lamp");
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean lamp?"));
}

TEST_F(CheckboxRulesTest, ADeletedCheckboxIsGoneAndItsVersionGoesOn) {
  Create("lamp");
  Set("lamp", SwitchAction::kOn);
  EXPECT_EQ(ReasonOf(Delete("lamp", 9)), "VERSION_MISMATCH");
  ASSERT_TRUE(Delete("lamp").ok());

  EXPECT_EQ(ReasonOf(TrySet("lamp", 0)), "CHECKBOX_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Delete("lamp")), "CHECKBOX_NOT_FOUND");
  for (const OutboxMessage& message : OutboxMessages()) {
    EXPECT_TRUE(message.retain) << message.topic;
    EXPECT_THAT(message.payload, IsEmpty()) << message.topic;
  }
  EXPECT_THAT(Replies(), ::testing::ElementsAre("lamp: deleted before the device answered"));

  Create("lamp");
  EXPECT_EQ(Get("lamp").version, 1);
  EXPECT_EQ(Get("lamp").desired, SwitchState::kUnknown);
}

TEST_F(CheckboxRulesTest, ANameIsTakenOnce) {
  Create("lamp");
  const absl::Status status = store_->Write([&](Transaction& transaction) {
    CheckboxConfig config;
    config.name = "lamp";
    return rules_.Create(transaction, config).status();
  });
  EXPECT_EQ(ReasonOf(status), "CHECKBOX_EXISTS");
}

TEST_F(CheckboxRulesTest, TheHistoryTellsWhatHappenedNewestFirst) {
  Create("lamp");
  const std::string id = Set("lamp", SwitchAction::kOn, "event-7");
  Report("lamp", SwitchState::kOn, id);
  Set("lamp", SwitchAction::kOff);
  clock_.Advance(absl::Seconds(30));
  ApplyDeadlines();
  Do([&](Transaction& transaction) {
    ASSERT_TRUE(rules_.Delete(transaction, "lamp", 0, "admin").ok());
  });

  std::vector<HistoryEntry> entries;
  Do([&](Transaction& transaction) {
    entries = transaction.checkboxes().History("lamp", kNewest, 100);
  });

  std::vector<HistoryKind> kinds;
  for (const HistoryEntry& entry : entries) kinds.push_back(entry.kind);
  EXPECT_THAT(kinds, ::testing::ElementsAre(HistoryKind::kDeleted, HistoryKind::kExpired,
                                            HistoryKind::kSet, HistoryKind::kReported,
                                            HistoryKind::kSet, HistoryKind::kCreated));
  EXPECT_EQ(entries[0].change.actor, "admin");
  EXPECT_EQ(entries[1].desired, SwitchState::kOn) << "it fell back to what was reported";
  EXPECT_EQ(entries[4].event_id, "event-7");
  EXPECT_EQ(entries[4].change.actor, "alice@example.org");
  EXPECT_EQ(entries[4].version, 1);
}

TEST_F(CheckboxRulesTest, TheHistoryOfAllIsReadInPages) {
  Create("lamp");
  Create("fan");
  Set("lamp", SwitchAction::kOn);
  Do([&](Transaction& transaction) {
    const auto first = transaction.checkboxes().History("", kNewest, 2);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].checkbox, "fan");
    const auto second = transaction.checkboxes().History("", first[1].id, 2);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].checkbox, "lamp");
  });
}

}  // namespace
}  // namespace chatwire::mqtt
