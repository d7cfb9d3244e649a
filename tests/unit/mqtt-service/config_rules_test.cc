// What a checkbox is called and grouped: changes, and what others are called already.
#include "mqtt-service/domain/config_rules.h"

#include "common/error.h"
#include "mqtt-service/domain/name_match.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ConfigRulesTest : public RulesFixture {
 protected:
  absl::Status Create(const std::string& name, std::vector<Alias> aliases,
                      const std::string& title = "") {
    return store_->Write([&](Transaction& transaction) {
      CheckboxConfig config;
      config.name = name;
      config.title = title;
      config.aliases = std::move(aliases);
      return rules_.Create(transaction, config).status();
    });
  }

  absl::Status Update(const std::string& name, const CheckboxChange& change) {
    return store_->Write([&](Transaction& transaction) {
      return rules_.Update(transaction, name, change, "ops").status();
    });
  }

  static CheckboxChange Called(std::vector<Alias> aliases) {
    CheckboxChange change;
    change.aliases = std::move(aliases);
    return change;
  }

  /// Names of what is meant by @p words.
  std::vector<std::string> Meaning(const std::string& words) {
    std::vector<std::string> names;
    Do([&](Transaction& transaction) {
      for (const Checkbox& checkbox : MatchWords(transaction.checkboxes(), words).checkboxes) {
        names.push_back(checkbox.name);
      }
    });
    return names;
  }

  std::vector<HistoryKind> Kinds(const std::string& name) {
    std::vector<HistoryKind> kinds;
    Do([&](Transaction& transaction) {
      for (const auto& entry : transaction.checkboxes().History(name, kNewest, 100)) {
        kinds.push_back(entry.kind);
      }
    });
    return kinds;
  }
};

TEST_F(ConfigRulesTest, AWordMeansOneCheckboxOnly) {
  ASSERT_TRUE(Create("desk-lamp", {{"pt", "candeeiro"}}).ok());
  EXPECT_EQ(ReasonOf(Create("fan", {{"es", "Candeeiro"}})), "WORD_TAKEN");
  EXPECT_EQ(ReasonOf(Create("fan", {{"en", "Desk Lamp"}})), "WORD_TAKEN");
  EXPECT_EQ(ReasonOf(Create("candeeiro", {})), "WORD_TAKEN");
  ASSERT_TRUE(Create("fan", {}).ok());
  const absl::Status taken = Update("fan", Called({{"", "desk_lamp"}}));
  EXPECT_EQ(ReasonOf(taken), "WORD_TAKEN");
  EXPECT_EQ(MetadataOf(taken).at("name"), "desk-lamp");
  // Its own words are no others'.
  EXPECT_TRUE(Update("desk-lamp", Called({{"en", "desk lamp"}, {"pt", "candeeiro"}})).ok());
}

TEST_F(ConfigRulesTest, AWordIsFreeAgainWhenItsCheckboxHasGone) {
  ASSERT_TRUE(Create("lamp", {{"pt", "candeeiro"}}).ok());
  Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, "lamp", 0).ok()); });
  EXPECT_THAT(Meaning("candeeiro"), IsEmpty());
  EXPECT_TRUE(Create("fan", {{"pt", "candeeiro"}}).ok());
  EXPECT_EQ(ReasonOf(Create("lamp", {{"pt", "candeeiro"}})), "WORD_TAKEN");
}

TEST_F(ConfigRulesTest, FindsByNameThenAliasOrTitleThenLabel) {
  ASSERT_TRUE(Create("desk-lamp", {}).ok());
  ASSERT_TRUE(Create("fan", {{"en", "blower"}}, "Big Fan").ok());
  ASSERT_TRUE(Create("light", {}, "Big fan").ok());
  CheckboxChange label;
  label.labels = {"Blower", "office"};
  ASSERT_TRUE(Update("light", label).ok());
  EXPECT_THAT(Meaning("desk lamp"), ElementsAre("desk-lamp"));
  EXPECT_THAT(Meaning("fan"), ElementsAre("fan"));
  EXPECT_THAT(Meaning("big fan"), ElementsAre("fan", "light"));
  EXPECT_THAT(Meaning("blower"), ElementsAre("fan"));
  EXPECT_THAT(Meaning("office"), ElementsAre("light"));
  EXPECT_THAT(Meaning("desk"), IsEmpty());
}

TEST_F(ConfigRulesTest, AnUpdateIsAnnouncedAndInTheHistoryAndKeepsTheVersion) {
  ASSERT_TRUE(Create("lamp", {}).ok());
  Set("lamp", SwitchAction::kOn);
  CheckboxChange change;
  change.title = "Lamp in the hall";
  ASSERT_TRUE(Update("lamp", change).ok());
  EXPECT_EQ(Get("lamp").version, 1);
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  EXPECT_THAT(OutboxMessages().back().payload, ::testing::HasSubstr("Lamp in the hall"));
  EXPECT_THAT(Kinds("lamp"),
              ElementsAre(HistoryKind::kUpdated, HistoryKind::kSet, HistoryKind::kCreated));
  // What changes nothing says nothing.
  ASSERT_TRUE(Update("lamp", change).ok());
  EXPECT_EQ(Kinds("lamp").size(), 3u);
}

TEST_F(ConfigRulesTest, TheWordsOfAnOlderStoreAreFoundToo) {
  ASSERT_TRUE(Create("lamp", {}, "Lâmpada").ok());
  {
    auto database = sqlite::Database::Open(folder_.Path("mqtt.db"));
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->Execute("DELETE FROM checkbox_word").ok());
    ASSERT_TRUE(database->Execute("DELETE FROM meta WHERE key = 'word_rules'").ok());
  }
  store_ = *SqliteStore::Open(folder_.Path("mqtt.db"));
  EXPECT_THAT(Meaning("lampada"), ElementsAre("lamp"));
}

}  // namespace
}  // namespace chatwire::mqtt
