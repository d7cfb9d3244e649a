// Names, titles, topics and likeness.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/json_object.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Checkbox> Named(const std::vector<std::string>& names) {
  std::vector<Checkbox> checkboxes;
  for (const std::string& name : names) {
    checkboxes.emplace_back();
    checkboxes.back().name = name;
  }
  return checkboxes;
}

TEST(CheckboxTest, NamesAreShortAndPlain) {
  EXPECT_TRUE(CheckName("desk-lamp_2").ok());
  EXPECT_TRUE(CheckName(std::string(64, 'a')).ok());
  for (const std::string& bad : {std::string(), std::string(65, 'a'), std::string("Lamp"),
                                 std::string("a/b"), std::string("a+"), std::string("ü")}) {
    EXPECT_EQ(ReasonOf(CheckName(bad)), "BAD_NAME") << bad;
  }
}

TEST(CheckboxTest, TitlesAreText) {
  EXPECT_TRUE(CheckTitle("Schreibtisch-Lämpchen").ok());
  EXPECT_TRUE(CheckTitle("").ok());
  for (const std::string& bad :
       {std::string(129, 'a'), std::string("a\nb"), std::string("\xff"), std::string("\xc3")}) {
    EXPECT_EQ(ReasonOf(CheckTitle(bad)), "BAD_TITLE");
  }
}

TEST(CheckboxTest, AWordIsWhatAPersonCanSayAndType) {
  for (const char* good : {"candeeiro", "Luz da sala", "lâmpada", "l'entrada", "лампа", "灯", "ضوء",
                           "desk-lamp_2", "\xf0\x9f\x92\xa1"}) {
    EXPECT_TRUE(IsWord(good)) << good;
  }
  const std::string too_long(65, 'a');
  for (const std::string bad : {"",
                                " lamp",
                                "lamp ",
                                "a  b",
                                "a\tb",
                                "a\nb",
                                "a\"b",
                                "a,b",
                                "a;b",
                                "lamp?",
                                "lamp.",
                                "a/b",
                                "+",
                                "#",
                                "-",
                                "_ _",
                                "\xff",
                                "a\xc2\xa0"
                                "b",
                                "lamp\xe2\x80\x8b",
                                "\xe2\x80\xae"
                                "pmal",
                                "\xef\xbb\xbf"
                                "lamp",
                                too_long.c_str()}) {
    EXPECT_FALSE(IsWord(bad)) << bad;
  }
}

TEST(CheckboxTest, AliasesAreDifferentWordsUnderLanguageTags) {
  EXPECT_TRUE(CheckAliases({{"pt", "lamp"},
                            {"en", "lamp"},
                            {"", "Lamp-2"},
                            {"zh-Hant-TW", "灯"},
                            {"x-home", "glow"}})
                  .ok());
  for (const Alias& bad : {Alias{"", "a?"}, Alias{"p", "a"}, Alias{"pt_BR", "a"}, Alias{"pt-", "a"},
                           Alias{"123456789", "a"}, Alias{"x", "a"}, Alias{"é", "a"}}) {
    EXPECT_EQ(ReasonOf(CheckAliases({bad})), "BAD_ALIAS") << bad.language << " " << bad.text;
  }
  EXPECT_EQ(ReasonOf(CheckAliases({{"pt", "lâmpada"}, {"PT", "Lampada"}})), "BAD_ALIAS");
  EXPECT_EQ(ReasonOf(CheckAliases(std::vector<Alias>(33, {"", "a"}))), "BAD_ALIAS");
  EXPECT_EQ(ReasonOf(CheckLabels({"kitchen", "Kitchen"})), "BAD_LABEL");
  EXPECT_EQ(ReasonOf(CheckLabels({"a,b"})), "BAD_LABEL");
}

TEST(CheckboxTest, AToggleIsTheOppositeOfWhatIsWanted) {
  Checkbox checkbox;
  EXPECT_EQ(ResolveAction(SwitchAction::kToggle, checkbox), SwitchState::kOn);
  checkbox.reported = SwitchState::kOn;
  EXPECT_EQ(ResolveAction(SwitchAction::kToggle, checkbox), SwitchState::kOff);
  checkbox.desired = SwitchState::kOff;
  EXPECT_EQ(ResolveAction(SwitchAction::kToggle, checkbox), SwitchState::kOn);
}

TEST(Utf8Test, TellsTextFromBytes) {
  for (const char* good : {"", "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x92\xa1"}) {
    EXPECT_TRUE(IsValidUtf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "\xf0\x9f\x92", "\xff"}) {
    EXPECT_FALSE(IsValidUtf8(bad));
  }
}

TEST(NameMatchTest, NamesTheMostSimilarFirst) {
  const auto checkboxes = Named({"lamp", "lump", "ramp", "camp", "heating"});
  EXPECT_THAT(NearestNames("lmap", checkboxes), ElementsAre("lamp", "camp", "lump"));
  EXPECT_THAT(NearestNames("heatings", checkboxes), ElementsAre("heating"));
  EXPECT_THAT(NearestNames("refrigerator", checkboxes), IsEmpty());
  EXPECT_THAT(NearestNames("x", Named({"a", "b"})), IsEmpty());
}

TEST(NameMatchTest, ForAPersonTheWordItselfIsProposed) {
  auto checkboxes = Named({"lamp", "fan"});
  checkboxes[0].aliases = {{"pt", "Candeeiro"}};
  checkboxes[1].labels = {"cozinha"};
  EXPECT_THAT(NearestWords("candeiro", checkboxes), ElementsAre("Candeeiro"));
  EXPECT_THAT(NearestNames("candeiro", checkboxes), ElementsAre("lamp"));
  EXPECT_THAT(NearestWords("cozina", checkboxes), ElementsAre("cozinha"));
  EXPECT_THAT(NearestLabels("candeiro", checkboxes), IsEmpty());
}

TEST(NameMatchTest, ASwapIsOneMistake) {
  EXPECT_EQ(EditDistance("lmap", "lamp"), 1u);
  EXPECT_EQ(EditDistance("", "lamp"), 4u);
  EXPECT_EQ(EditDistance("lamp", "lamp"), 0u);
}

TEST(TopicTest, TakesInboundTopicsApart) {
  const Topics topics("home/chatwire");
  const auto set = topics.Parse("home/chatwire/checkbox/lamp/set");
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->kind, TopicKind::kSet);
  EXPECT_EQ(set->checkbox, "lamp");
  EXPECT_TRUE(topics.Parse("home/chatwire/checkbox/lamp/report").has_value());
  for (const char* other : {"home/chatwire/checkbox/lamp", "home/chatwire/checkbox/lamp/command",
                            "home/chatwire/checkbox/LAMP/set", "other/checkbox/lamp/set",
                            "home/chatwire/checkbox/a/b/set", ""}) {
    EXPECT_FALSE(topics.Parse(other).has_value()) << other;
  }
}

TEST(TopicTest, AJidCannotAddALevelOrAWildcard) {
  EXPECT_EQ(Topics("c").ChatIn("a+b#c@example.org"), "c/chat/a%2Bb%23c@example.org/in");
}

TEST(TopicTest, ABaseIsPlain) {
  EXPECT_TRUE(CheckBaseTopic("home/chat-wire").ok());
  for (const char* bad : {"", "/a", "a/", "a//b", "a+", "#", "$SYS", "a b"}) {
    EXPECT_EQ(ReasonOf(CheckBaseTopic(bad)), "BAD_BASE_TOPIC") << bad;
  }
}

TEST(JsonObjectTest, EscapesWhatJsonCannotCarry) {
  EXPECT_EQ(JsonObject().Text("a", "\"\\\n\x01é").Null("b").Bool("c", true).Int("d", -1).Take(),
            "{\"a\":\"\\\"\\\\\\n\\u0001é\",\"b\":null,\"c\":true,\"d\":-1}");
}

TEST(AnnouncerTest, WhatIsUnknownIsNull) {
  Checkbox checkbox;
  checkbox.name = "lamp";
  EXPECT_EQ(StatePayload(checkbox),
            R"({"state":null,"desired":null,"version":0,"available":null,"title":"lamp",)"
            R"("changed_by":null,"changed_at":null,"pending":false,"correlation_id":null})");
}

TEST(BrokerOptionsTest, TakesTheUsualSchemesAndNoPasswords) {
  EXPECT_EQ(*PahoUri("mqtt://broker:1883"), "tcp://broker:1883");
  EXPECT_EQ(*PahoUri("mqtts://broker:8883"), "ssl://broker:8883");
  EXPECT_EQ(*PahoUri("wss://broker/mqtt"), "wss://broker/mqtt");
  for (const char* bad : {"broker", "http://broker", "mqtt://", "mqtt://me:secret@broker"}) {
    const auto uri = PahoUri(bad);
    EXPECT_EQ(ReasonOf(uri.status()), "BAD_BROKER") << bad;
    EXPECT_EQ(std::string(uri.status().message()).find("secret"), std::string::npos);
  }
}

TEST(BrokerOptionsTest, KnowsTwoVersionsOfMqtt) {
  EXPECT_EQ(*ParseMqttVersion("5"), MqttVersion::k5);
  EXPECT_EQ(*ParseMqttVersion("3.1.1"), MqttVersion::k311);
  for (const char* bad : {"", "4", "3.1", "v5"}) {
    EXPECT_EQ(ReasonOf(ParseMqttVersion(bad).status()), "BAD_BROKER") << bad;
  }
}

}  // namespace
}  // namespace chatwire::mqtt
