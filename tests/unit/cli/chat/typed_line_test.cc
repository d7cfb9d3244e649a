#include "cli/chat/typed_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;

TEST(TypedLineTest, ALineIsAMessage) {
  const auto typed = ParseTypedLine("lamp on");
  ASSERT_TRUE(typed.ok());
  EXPECT_EQ(typed->command, "");
  EXPECT_EQ(typed->text, "lamp on");
}

TEST(TypedLineTest, ACommandHasANameAndTheRest) {
  const auto typed = ParseTypedLine("/Join  tea@rooms.example.org  bob ");
  ASSERT_TRUE(typed.ok());
  EXPECT_EQ(typed->command, "join");
  EXPECT_EQ(typed->text, "tea@rooms.example.org  bob");
}

TEST(TypedLineTest, OtherWordsMeanTheSame) {
  EXPECT_EQ(ParseTypedLine("/part")->command, "leave");
  EXPECT_EQ(ParseTypedLine("/query a@b c")->command, "msg");
  EXPECT_EQ(ParseTypedLine("/exit")->command, "quit");
}

TEST(TypedLineTest, MeAndTwoSlashesAreTexts) {
  EXPECT_EQ(ParseTypedLine("/me waves")->text, "/me waves");
  EXPECT_EQ(ParseTypedLine("/me waves")->command, "");
  EXPECT_EQ(ParseTypedLine("//etc/passwd")->text, "/etc/passwd");
}

TEST(TypedLineTest, AnUnknownCommandNamesTheNearest) {
  EXPECT_THAT(ParseTypedLine("/jion x").status().message(), HasSubstr("did you mean /join?"));
  EXPECT_THAT(ParseTypedLine("/xyzzyplugh").status().message(), HasSubstr("/help"));
}

TEST(TypedLineTest, WordsAreTakenOneAfterTheOther) {
  std::string text = "  one  two three";
  EXPECT_EQ(TakeWord(text), "one");
  EXPECT_EQ(text, "two three");
  EXPECT_EQ(TakeWord(text), "two");
  EXPECT_EQ(TakeWord(text), "three");
  EXPECT_EQ(TakeWord(text), "");
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace chatwire::cli
