#include "xmpp-service/domain/jid.h"

#include <gtest/gtest.h>

#include <string>

#include "common/error.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

TEST(JidTest, LocalPartAndDomainBecomeLowerCaseAndTheResourceStays) {
  const auto jid = Jid::Parse("Lamp-Bot@Example.ORG/My Phone");

  ASSERT_TRUE(jid.ok()) << jid.status();
  EXPECT_EQ(jid->Bare(), "lamp-bot@example.org");
  EXPECT_EQ(jid->Full(), "lamp-bot@example.org/My Phone");
}

TEST(JidTest, ADomainAloneIsAFullAddressButNoAccount) {
  EXPECT_TRUE(Jid::Parse("example.org").ok());
  EXPECT_FALSE(Jid::ParseBare("example.org").ok());
  EXPECT_FALSE(Jid::ParseBare("a@example.org/r").ok());
}

TEST(JidTest, InternationalAddressesAreTaken) {
  EXPECT_TRUE(Jid::ParseBare("jürgen@münchen.example").ok());
}

class BadJidTest : public ::testing::TestWithParam<std::string> {};

TEST_P(BadJidTest, IsRefusedWithAReason) {
  const auto jid = Jid::Parse(GetParam());

  ASSERT_FALSE(jid.ok());
  EXPECT_EQ(ReasonOf(jid.status()), "BAD_JID");
}

INSTANTIATE_TEST_SUITE_P(
    All, BadJidTest,
    ::testing::Values("", "@", "@example.org", "a@", "a@b@c", "a b@example.org", "a@exa mple.org",
                      "a@example.org/", "a\"b@example.org", "<a>@example.org", "a@.org", "a@b..org",
                      "a@b\n.org", "\xff@example.org", "a@example.org:5222",
                      std::string(1024, 'a') + "@example.org",
                      "a@example.org/" + std::string(1024, 'r'), std::string("a\0@b", 4)));

TEST(TextTest, XmlTextIsUtf8WithoutControlCharacters) {
  EXPECT_TRUE(IsXmlText("line\r\n\tnext – 😀"));
  EXPECT_FALSE(IsXmlText(std::string("a\0b", 3)));
  EXPECT_FALSE(IsXmlText("bell\a"));
  EXPECT_FALSE(IsXmlText("\xef\xbf\xbe")) << "U+FFFE";
  EXPECT_FALSE(IsXmlText("\xed\xa0\x80")) << "a surrogate";
  EXPECT_FALSE(IsXmlText("\xc0\x80")) << "over-long";
  EXPECT_FALSE(IsXmlText("\xf4\x90\x80\x80")) << "above U+10FFFF";
  EXPECT_FALSE(IsXmlText("\xe2\x82")) << "cut";
}

TEST(TextTest, TruncationNeverCutsACharacter) {
  EXPECT_EQ(TruncateUtf8("aé", 2), "a");
  EXPECT_EQ(TruncateUtf8("aé", 3), "aé");
  EXPECT_EQ(TruncateUtf8("😀😀", 7), "😀");
}

}  // namespace
}  // namespace chatwire::xmpp
