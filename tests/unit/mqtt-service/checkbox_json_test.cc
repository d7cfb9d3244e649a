// Checkboxes as JSON: what is written is read again, and what is wrong is said line by line.
#include "mqtt-service/wire/checkbox_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;

TEST(CheckboxJsonTest, WhatIsWrittenIsReadAgain) {
  CheckboxConfig config;
  config.name = "lamp";
  EXPECT_EQ(ConfigJson(config), R"({"name":"lamp"})");
  config.title = "Lamp \"hall\"";
  config.aliases = {{"pt", "candeeiro"}, {"", "glow"}};
  config.labels = {"kitchen"};
  config.virtual_device = true;
  EXPECT_EQ(ConfigJson(config),
            R"({"name":"lamp","title":"Lamp \"hall\"","aliases":[{"language":"pt","text":)"
            R"("candeeiro"},{"language":"","text":"glow"}],"labels":["kitchen"],"virtual":true})");
  const auto lines = ParseConfigDocument(ConfigJson(config) + "\n");
  ASSERT_TRUE(lines.ok());
  ASSERT_EQ(lines->size(), 1u);
  EXPECT_TRUE(lines->front().config == config);
}

TEST(CheckboxJsonTest, EachLineIsJudgedWithItsNumber) {
  const auto lines = ParseConfigDocument(
      "{\"name\": \"a\"}\r\n\n{\"name\": \"b\", \"titel\": \"x\"}\nnonsense\n[]\n"
      "{\"title\": \"x\"}\n{\"name\": \"c\", \"labels\": \"kitchen\"}\n"
      "{\"name\": \"d\", \"aliases\": [\"glow\", {\"text\": \"x\", \"lang\": \"en\"}]}\n");
  ASSERT_TRUE(lines.ok()) << lines.status();
  std::vector<std::pair<int, std::string>> told;
  for (const ConfigLine& line : *lines) {
    told.emplace_back(line.number, std::string(line.status.message()));
    EXPECT_EQ(ReasonOf(line.status), line.status.ok() ? "" : "BAD_LINE");
  }
  ASSERT_EQ(told.size(), 7u);
  EXPECT_EQ(told[0], std::make_pair(1, std::string()));
  EXPECT_EQ(told[1].first, 3);
  EXPECT_THAT(told[1].second, HasSubstr("no key `titel`"));
  EXPECT_THAT(told[2].second, HasSubstr("not valid JSON"));
  EXPECT_THAT(told[3].second, HasSubstr("not a JSON object"));
  EXPECT_THAT(told[4].second, HasSubstr("`name` is missing"));
  EXPECT_THAT(told[5].second, HasSubstr("`labels` must be a list of texts"));
  EXPECT_THAT(told[6].second, HasSubstr("`aliases` must be a list"));
  EXPECT_EQ((*lines)[6].config.name, "d");
}

TEST(CheckboxJsonTest, AnArrayIsReadByElement) {
  const auto lines = ParseConfigDocument("[\n{\"name\":\"a\"},\n\n7]");
  ASSERT_TRUE(lines.ok());
  ASSERT_EQ(lines->size(), 2u);
  EXPECT_EQ((*lines)[1].number, 2);
  EXPECT_EQ(ReasonOf((*lines)[1].status), "BAD_LINE");
}

TEST(CheckboxJsonTest, ADocumentHasBounds) {
  EXPECT_EQ(ReasonOf(ParseConfigDocument(" \n").status()), "BAD_DOCUMENT");
  EXPECT_EQ(ReasonOf(ParseConfigDocument("[{]").status()), "BAD_DOCUMENT");
  EXPECT_EQ(ReasonOf(ParseConfigDocument(std::string(768 * 1024 + 1, 'x')).status()),
            "BAD_DOCUMENT");
  std::string many;
  for (int i = 0; i < 5001; ++i) many += "{}\n";
  EXPECT_EQ(ReasonOf(ParseConfigDocument(many).status()), "BAD_DOCUMENT");
  // Deep nesting is no way to end the process.
  EXPECT_EQ(ParseConfigDocument("{\"name\":" + std::string(100'000, '['))->size(), 1u);
}

}  // namespace
}  // namespace chatwire::mqtt
