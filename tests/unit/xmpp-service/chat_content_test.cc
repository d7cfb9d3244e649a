// What a message of two may carry, and what of it is refused or left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "xmpp-service/domain/message_bounds.h"
#include "xmpp-service/domain/message_check.h"
#include "xmpp-service/domain/quote.h"
#include "xmpp-service/domain/xhtml.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(XhtmlTest, WhatIsWellFormedMayPass) {
  for (const char* fine :
       {"", "plain", "<p>a<br/>b</p>", "<p style='color: red'>x</p><p/>", "a &amp; b &lt; &#65;",
        "&#x1F600;", "<a href=\"https://example.org/?a=1&amp;b=2\" >x</a >", "<p xml:lang='de'/>",
        "<p\n class='a'\tid=\"b\"/>", "h\xc3\xa4llo > you"}) {
    EXPECT_TRUE(CheckXhtml(fine).ok()) << fine << ": " << CheckXhtml(fine);
  }
}

/// Each of these would end the stream, or reach out of the body.
TEST(XhtmlTest, WhatIsNotWellFormedIsRefused) {
  for (const char* bad : {"<p>",
                          "</p>",
                          "</body>",
                          "<p></q>",
                          "<p><b></p></b>",
                          "a & b",
                          "&nbsp;",
                          "&#0;",
                          "&#xD800;",
                          "&#x110000;",
                          "&#;",
                          "&#x;",
                          "&#+65;",
                          "&#x0x41;",
                          "&#65 ;",
                          "& ;",
                          "<",
                          "<p",
                          "<p a>",
                          "<p a=b/>",
                          "<p a='x'",
                          "<p a='<'/>",
                          "<p a='&'/>",
                          "<p a='1' a='2'/>",
                          "<p a='1'b='2'/>",
                          "< p/>",
                          "<1/>",
                          "<!-- x -->",
                          "<![CDATA[x]]>",
                          "<?php ?>",
                          "]]>",
                          "<!DOCTYPE x>",
                          "<x:p/>",
                          "<p x:a='1'/>",
                          "<p xmlns='urn:x'/>",
                          "<p xmlns:x='urn:x'/>",
                          "<p xml:='1'/>",
                          "<p/ >",
                          "bell\a",
                          "\xc3"}) {
    EXPECT_FALSE(CheckXhtml(bad).ok()) << bad;
  }
}

TEST(XhtmlTest, TheErrorSaysWhatAndWhere) {
  EXPECT_THAT(std::string(CheckXhtml("ab<p>").message()), HasSubstr("<p> is not closed (byte 5)"));
}

TEST(XhtmlTest, DepthHasALimit) {
  std::string deep;
  std::string closing;
  for (int i = 0; i < 32; ++i) {
    deep += "<b>";
    closing += "</b>";
  }
  EXPECT_TRUE(CheckXhtml(deep + closing).ok());
  EXPECT_FALSE(CheckXhtml(deep + "<b>" + "</b>" + closing).ok());
}

TEST(QuoteTest, EachLineIsQuoted) { EXPECT_EQ(Quoted("one\ntwo"), "> one\n> two\n"); }

/// XEP-0428 counts characters, not bytes and not UTF-16.
TEST(QuoteTest, CharactersAreCutWhereverTheyAreInBytes) {
  const std::string text = "> h\xc3\xa4 \xf0\x9f\x98\x80\nyes";

  const auto [rest, cut] = CutCharacters(text, 0, 7);

  EXPECT_EQ(CountCharacters("h\xc3\xa4 \xf0\x9f\x98\x80"), 4U);
  EXPECT_EQ(rest, "yes");
  EXPECT_EQ(cut, "> h\xc3\xa4 \xf0\x9f\x98\x80\n");
}

TEST(QuoteTest, AForgedRangeCutsNothing) {
  EXPECT_EQ(CutCharacters("abc", 0, 4).first, "abc");
  EXPECT_EQ(CutCharacters("abc", 2, 1).first, "abc");
  EXPECT_EQ(CutCharacters("abc", 0, 3).first, "");
  EXPECT_EQ(CutCharacters("abc", 4294967295U, 4294967295U).first, "abc");
  EXPECT_EQ(CutCharacters("", 0, 0).first, "");
}

TEST(MessageBoundsTest, WhatAStrangerSendsIsCutOrLeftOut) {
  IncomingMessage message;
  message.id = std::string(kMaximumMessageIdBytes + 1, 'x');
  message.details.subject = std::string(kMaximumSubjectBytes - 1, 'x') + "\xc3\xa4";
  message.details.thread = std::string(kMaximumThreadBytes + 1, 'x');
  message.details.xhtml = "<p>";
  message.details.reply = Reply{"m", std::string(4000, 'x'), std::string(5000, 'x')};
  Reaction reaction{"m", {"", std::string(65, 'x')}};
  for (int i = 0; i < 30; ++i) reaction.reactions.push_back(std::to_string(i));
  message.action = reaction;

  Bound(message);

  EXPECT_EQ(message.id, "");
  EXPECT_THAT(message.details.subject, SizeIs(kMaximumSubjectBytes - 1));
  EXPECT_EQ(message.details.thread, "");
  EXPECT_EQ(message.details.xhtml, "");
  EXPECT_EQ(message.details.reply->author, "");
  EXPECT_THAT(message.details.reply->quote, SizeIs(kMaximumQuoteBytes));
  EXPECT_THAT(std::get<Reaction>(message.action).reactions, SizeIs(kMaximumReactions));
  EXPECT_EQ(std::get<Reaction>(message.action).reactions.front(), "0");
}

TEST(MessageBoundsTest, AnActionOnNothingIsNone) {
  for (const MessageAction& action :
       {MessageAction(Correction{""}), MessageAction(Retraction{std::string(257, 'x')}),
        MessageAction(Marking{"", Marker::kDisplayed}), MessageAction(Receipt{""})}) {
    IncomingMessage message;
    message.action = action;
    Bound(message);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(message.action));
  }
}

class MessageCheckTest : public ::testing::Test {
 protected:
  MessageCheckTest() {
    message_.to = "Alice@Example.org";
    message_.body = "hello";
    message_.request_id = "6F0C35A5-8C2F-4C3F-9C29-0D8D8D6DC0F8";
  }

  std::string Reason() { return ReasonOf(CheckMessage(message_)); }
  std::string ReasonWith(MessageAction action) {
    message_.action = std::move(action);
    return Reason();
  }

  NewMessage message_;
};

TEST_F(MessageCheckTest, AReplyIsToTheRecipientUnlessItSaysOtherwise) {
  message_.details.reply = Reply{"m", "", "quote"};

  EXPECT_TRUE(CheckMessage(message_).ok());

  EXPECT_EQ(message_.details.reply->author, "alice@example.org");
}

TEST_F(MessageCheckTest, EachPartIsChecked) {
  message_.details.subject = std::string(1025, 'x');
  EXPECT_EQ(Reason(), "BAD_SUBJECT");
  message_.details = {};
  message_.details.parent_thread = "p";
  EXPECT_EQ(Reason(), "BAD_THREAD");
  message_.details = {};
  message_.details.thread = std::string(257, 'x');
  EXPECT_EQ(Reason(), "BAD_THREAD");
  message_.details = {};
  message_.details.xhtml = "<p>";
  EXPECT_EQ(Reason(), "BAD_XHTML");
  message_.details.xhtml = std::string(65'537, 'x');
  EXPECT_EQ(Reason(), "BAD_XHTML");
  message_.details = {};
  message_.details.reply = Reply{"", "", ""};
  EXPECT_EQ(Reason(), "BAD_REPLY");
  message_.details.reply = Reply{"m", "a b", ""};
  EXPECT_EQ(Reason(), "BAD_REPLY");
  message_.details.reply = Reply{"m", "", std::string(4097, 'x')};
  EXPECT_EQ(Reason(), "BAD_REPLY");
}

TEST_F(MessageCheckTest, ActionsNeedAnIdAndReactionsAreASmallSet) {
  EXPECT_EQ(ReasonWith(Correction{""}), "BAD_MESSAGE_ID");
  EXPECT_EQ(ReasonWith(Retraction{"\a"}), "BAD_MESSAGE_ID");
  EXPECT_EQ(ReasonWith(Marking{std::string(257, 'x'), Marker::kDisplayed}), "BAD_MESSAGE_ID");
  EXPECT_EQ(ReasonWith(Reaction{"", {}}), "BAD_MESSAGE_ID");
  EXPECT_EQ(ReasonWith(Reaction{"m", {"a", "a"}}), "BAD_REACTION");
  EXPECT_EQ(ReasonWith(Reaction{"m", {""}}), "BAD_REACTION");
  EXPECT_EQ(ReasonWith(Reaction{"m", std::vector<std::string>(21, "a")}), "BAD_REACTION");
  message_.body.clear();
  EXPECT_EQ(ReasonWith(Correction{"m"}), "EMPTY_BODY");
  EXPECT_TRUE(CheckMessage(message_).code() == absl::StatusCode::kInvalidArgument);
  message_.action = Reaction{"m", {}};
  EXPECT_TRUE(CheckMessage(message_).ok()) << "taking all back";
}

}  // namespace
}  // namespace chatwire::xmpp
