// What a chat shows where the service's log ends.
#include "cli/chat/archive_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/time.h"
#include "tests/unit/cli/chat/chat_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kAlice[] = "alice@example.org";
constexpr char kFetch[] = "xmpp.v1.ChatService.FetchArchive";

class ArchiveLoaderTest : public ChatTest {
 protected:
  /// A message that alice sent at @p minute with @p id, also as its id in the archive.
  xmpp::v1::HistoryMessage Past(int minute, const std::string& id) const {
    xmpp::v1::HistoryMessage message;
    message.set_type(xmpp::v1::HISTORY_MESSAGE_TYPE_CHAT);
    message.set_from(absl::StrCat(kAlice, "/phone"));
    message.set_to("bot@example.org");
    message.set_body(absl::StrCat("text ", id));
    message.set_message_id(id);
    message.set_archive_id(absl::StrCat("a-", id));
    *message.mutable_sent_time() = ToProto(now_ + absl::Minutes(minute));
    return message;
  }

  void LogHas(xmpp::v1::HistoryMessage message) {
    message.set_sequence(++sequence_);
    xmpp::v1::ListMessagesResponse log;
    *log.add_messages() = std::move(message);
    calls_.AnswerTo("xmpp.v1.ChatService.ListMessages", log);
  }

  void ArchiveHas(const std::vector<xmpp::v1::HistoryMessage>& messages, const std::string& next) {
    xmpp::v1::FetchArchiveResponse page;
    for (const auto& message : messages) *page.add_messages() = message;
    page.set_next_page_token(next);
    page.set_total_count(120);
    calls_.AnswerTo(kFetch, page);
  }

  std::vector<xmpp::v1::FetchArchiveRequest> Fetched() const {
    return calls_.Requests<xmpp::v1::FetchArchiveRequest>(kFetch);
  }
};

TEST_F(ArchiveLoaderTest, AShortLogGoesOnInTheArchive) {
  LogHas(Past(0, "logged"));
  ArchiveHas({Past(0, "logged"), Past(-1, "second"), Past(-2, "first")}, "");

  Begin(kAlice);

  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("text first", "text second", "text logged"));
  ASSERT_THAT(Fetched(), SizeIs(1));
  EXPECT_EQ(Fetched()[0].peer(), kAlice);
  EXPECT_EQ(Fetched()[0].archive(), "");
  EXPECT_EQ(FromProto(Fetched()[0].end_time()), now_ + absl::Minutes(1));
}

TEST_F(ArchiveLoaderTest, EachPageComesWhenTheTopIsReachedUntilThereIsNoMore) {
  ArchiveHas({Past(-1, "second")}, "older");
  Chat& chat = Begin(kAlice);
  ArchiveHas({Past(-2, "first")}, "");

  chat.ReachedTop();
  chat.ReachedTop();

  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("text first", "text second"));
  ASSERT_THAT(Fetched(), SizeIs(2));
  EXPECT_EQ(Fetched()[1].page_token(), "older");
  EXPECT_FALSE(Fetched()[1].has_end_time());
}

TEST_F(ArchiveLoaderTest, WhatIsSaidAfterwardsStandsBehindIt) {
  ArchiveHas({Past(-1, "old")}, "");
  Chat& chat = Begin(kAlice);
  Receive(kAlice, "new");
  chat.Say("text old");

  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("text old", "new", "text old"));
}

TEST_F(ArchiveLoaderTest, AMessageThatTheLogHasUnderAnotherTimeIsNotRepeated) {
  xmpp::v1::HistoryMessage own = Past(0, "sent");
  own.set_outgoing(true);
  own.set_from("bot@example.org/chatwire");
  own.set_to(kAlice);
  own.clear_archive_id();
  LogHas(own);
  // It waited for the server for hours.
  own.set_archive_id("a-sent");
  *own.mutable_sent_time() = ToProto(now_ + absl::Hours(3));
  ArchiveHas({own}, "");

  Begin(kAlice);

  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("text sent"));
}

TEST_F(ArchiveLoaderTest, AnIdThatSomebodyUsesAgainDaysLaterIsAnotherMessage) {
  xmpp::v1::HistoryMessage logged = Past(0, "1");
  logged.clear_archive_id();
  LogHas(logged);
  ArchiveHas({Past(-24 * 60, "1")}, "");

  Begin(kAlice);

  EXPECT_THAT(Texts(With(kAlice)), SizeIs(2));
}

TEST_F(ArchiveLoaderTest, ACorrectedMessageHasItsNewestText) {
  xmpp::v1::HistoryMessage newest = Past(-1, "c2");
  newest.set_replaces_id("typo");
  xmpp::v1::HistoryMessage before = Past(-2, "c1");
  before.set_replaces_id("typo");
  ArchiveHas({newest, before, Past(-3, "typo")}, "");

  Begin(kAlice);

  ASSERT_THAT(Texts(With(kAlice)), ElementsAre("text c2"));
  EXPECT_TRUE(With(kAlice).messages()[0].edited);
}

TEST_F(ArchiveLoaderTest, APageWithNothingToShowIsPassedOver) {
  xmpp::v1::HistoryMessage receipt = Past(-1, "receipt");
  receipt.clear_body();
  ArchiveHas({receipt}, "older");

  Begin(kAlice);

  EXPECT_THAT(Texts(With(kAlice)), IsEmpty());
  EXPECT_THAT(Fetched(), SizeIs(10)) << "but it does not go on for ever";
}

TEST_F(ArchiveLoaderTest, ARoomHasItsOwnArchiveWithOnesOwnWordsInIt) {
  xmpp::v1::HistoryMessage own = Past(-1, "own");
  own.set_type(xmpp::v1::HISTORY_MESSAGE_TYPE_GROUPCHAT);
  own.set_from(absl::StrCat(kRoom, "/bot"));
  ArchiveHas({own}, "");

  Begin(kRoom);

  ASSERT_THAT(Fetched(), SizeIs(1));
  EXPECT_EQ(Fetched()[0].archive(), kRoom);
  EXPECT_EQ(Fetched()[0].peer(), "");
  ASSERT_THAT(With(kRoom).messages(), SizeIs(1));
  EXPECT_TRUE(With(kRoom).messages()[0].own);
  EXPECT_EQ(With(kRoom).messages()[0].delivery, Delivery::kServer);
}

TEST_F(ArchiveLoaderTest, AFailureIsToldAndTriedAgainWhenTheTopIsReachedAgain) {
  calls_.errors[kFetch] = MakeError(absl::StatusCode::kUnavailable,
                                    {"xmpp.chatwire", "SESSION_OFFLINE"}, "the account is offline");
  Chat& chat = Begin(kAlice);
  EXPECT_EQ(With(kAlice).archive.trouble, "the account is offline");
  calls_.errors.clear();
  ArchiveHas({Past(-1, "old")}, "");

  chat.ReachedTop();

  EXPECT_EQ(With(kAlice).archive.trouble, "");
  EXPECT_THAT(Texts(With(kAlice)), ElementsAre("text old"));
}

TEST_F(ArchiveLoaderTest, AServerWithoutAnArchiveIsAskedOnce) {
  calls_.errors[kFetch] =
      MakeError(absl::StatusCode::kUnimplemented, {"xmpp.chatwire", "NO_ARCHIVE"}, "no archive");
  Chat& chat = Begin(kAlice);

  chat.ReachedTop();

  EXPECT_EQ(With(kAlice).archive.trouble, "");
  EXPECT_THAT(Fetched(), SizeIs(1));
}

}  // namespace
}  // namespace chatwire::cli
