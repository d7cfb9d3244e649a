// What becomes of the messages of the history.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "common/sqlite/database.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/wire/history_proto.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr char kBot[] = "bot@example.org";
constexpr char kAlice[] = "alice@example.org/phone";
constexpr char kRoom[] = "room@rooms.example.org";

class HistoryStateTest : public ::testing::Test {
 protected:
  void Receive(const std::string& id, const std::string& body) {
    MessageReceived message;
    message.from = kAlice;
    message.message_id = id;
    message.body = body;
    message.details.attachments = {{"https://example.org/a.png", "a.png", "", "image/png"}};
    message.sent_time = journal_.clock.Now();
    journal_.Append(kBot, message);
  }

  void Send(const std::string& id, MessageSource source = MessageSource::kApi) {
    journal_.Append(kBot, MessageSent{"alice@example.org", "sent", id, source, absl::Now()});
  }

  void Correct(const std::string& id, const std::string& body, bool own = false) {
    MessageCorrected corrected;
    corrected.from = own ? kBot : kAlice;
    corrected.to = own ? "alice@example.org" : kBot;
    corrected.corrected_id = id;
    corrected.body = body;
    corrected.own = own;
    corrected.sent_time = journal_.clock.Now();
    journal_.Append(kBot, corrected);
  }

  void Retract(const std::string& id) {
    journal_.Append(kBot, MessageRetracted{kAlice, kBot, id, "r", journal_.clock.Now()});
  }

  void React(const std::string& from, const std::string& id, std::vector<std::string> reactions) {
    const bool own = from == kBot;
    journal_.Append(kBot, MessageReacted{from, own ? "alice@example.org" : kBot, id,
                                         std::move(reactions), journal_.clock.Now(), own});
  }

  void SayInRoom(const std::string& nick, const std::string& body, const std::string& stanza_id,
                 bool own = false) {
    RoomMessageReceived message;
    message.room = kRoom;
    message.nick = nick;
    message.body = body;
    message.stanza_id = stanza_id;
    message.own = own;
    message.sent_time = journal_.clock.Now();
    journal_.Append(kBot, message);
  }

  void Mark(const std::string& id, bool own = false) {
    journal_.Append(kBot, MessageMarked{own ? kBot : kAlice, own ? "alice@example.org" : kBot, id,
                                        Marker::kDisplayed, journal_.clock.Now(), own});
  }

  /// Oldest first.
  std::vector<v1::HistoryMessage> All() {
    HistoryQuery query;
    query.account = kBot;
    query.newest_first = false;
    const HistoryPage page = *WaitFor<HistoryPage>(
        [&](auto done) { journal_.history->List(std::move(query), std::move(done)); });
    std::vector<v1::HistoryMessage> messages;
    for (const auto& stored : page.messages) messages.push_back(*ToHistoryMessage(stored));
    return messages;
  }

  std::vector<v1::HistoryDelivery> Deliveries() {
    std::vector<v1::HistoryDelivery> deliveries;
    for (const auto& message : All()) deliveries.push_back(message.delivery());
    return deliveries;
  }

  TemporaryJournal journal_;
};

TEST_F(HistoryStateTest, AMessageHasTheTextOfItsNewestCorrection) {
  Receive("m1", "helo");
  Receive("m2", "other");
  Correct("m1", "hell");
  Correct("m1", "hello");

  const auto all = All();

  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].body(), "hello");
  EXPECT_TRUE(all[0].edited());
  EXPECT_TRUE(all[0].has_edit_time());
  EXPECT_EQ(all[1].body(), "other");
  EXPECT_FALSE(all[1].edited());
  EXPECT_THAT(all[1].attachments(), SizeIs(1));
}

TEST_F(HistoryStateTest, EachSideChangesItsOwnMessagesOnly) {
  Receive("m1", "of alice");

  Correct("m1", "not of alice", /*own=*/true);

  EXPECT_EQ(All()[0].body(), "of alice");
}

TEST_F(HistoryStateTest, NothingIsLeftOfARetractedMessage) {
  Receive("m1", "secret");
  React(kBot, "m1", {"👍"});
  Retract("m1");
  Correct("m1", "again");
  React(kBot, "m1", {"👍"});

  const auto message = All()[0];

  EXPECT_TRUE(message.retracted());
  EXPECT_TRUE(message.has_retract_time());
  EXPECT_EQ(message.body(), "");
  EXPECT_THAT(message.attachments(), SizeIs(0));
  EXPECT_THAT(message.reactions(), SizeIs(0));
}

TEST_F(HistoryStateTest, EverybodysNewestReactionsCount) {
  Receive("m1", "hello");
  React(kBot, "m1", {"👍"});
  React("alice@example.org/phone", "m1", {"🎉"});
  React("alice@example.org/desk", "m1", {"🎉", "🙂"});
  auto message = All()[0];
  ASSERT_THAT(message.reactions(), SizeIs(2));
  EXPECT_TRUE(message.reactions(0).own());
  EXPECT_EQ(message.reactions(1).from(), "alice@example.org");
  EXPECT_THAT(message.reactions(1).reactions(), ElementsAre("🎉", "🙂"));

  React(kBot, "m1", {});

  EXPECT_THAT(All()[0].reactions(), SizeIs(1));
}

TEST_F(HistoryStateTest, AnAddressHasOnePlaceAmongTheReactions) {
  SayInRoom("eve", "hello", "s1");
  for (int i = 0; i < 3; ++i) {
    MessageReacted reacted;
    reacted.from = kRoom;
    reacted.target_id = "s1";
    reacted.reactions = {std::to_string(i)};
    journal_.Append(kBot, reacted);
  }

  EXPECT_THAT(All()[0].reactions(), SizeIs(1)) << "one place for each address";
}

TEST_F(HistoryStateTest, ASentMessageTellsHowFarItHasCome) {
  for (const char* id : {"waits", "acknowledged", "received", "refused"}) Send(id);
  Send("elsewhere", MessageSource::kCarbon);
  for (const char* id : {"acknowledged", "received", "refused"}) {
    journal_.Append(kBot, MessageAcknowledged{"alice@example.org", id});
  }
  journal_.Append(kBot, MessageDelivered{kAlice, "received", absl::Now()});
  journal_.Append(kBot, MessageAcknowledged{"alice@example.org", "received"});
  journal_.Append(kBot, MessageFailed{"alice@example.org", "refused", {"forbidden", "no"}});

  EXPECT_THAT(Deliveries(),
              ElementsAre(v1::HISTORY_DELIVERY_WAITING, v1::HISTORY_DELIVERY_SERVER_ACK,
                          v1::HISTORY_DELIVERY_RECEIVED, v1::HISTORY_DELIVERY_FAILED,
                          v1::HISTORY_DELIVERY_SERVER_ACK));
  EXPECT_EQ(All()[3].failure_condition(), "forbidden");
  EXPECT_EQ(All()[3].failure_text(), "no");
}

TEST_F(HistoryStateTest, WhoHasGotAMessageHasNotRefusedIt) {
  Send("m1");
  journal_.Append(kBot, MessageFailed{"alice@example.org", "m1", {"service-unavailable", ""}});
  journal_.Append(kBot, MessageDelivered{kAlice, "m1", absl::Now()});

  EXPECT_THAT(Deliveries(), ElementsAre(v1::HISTORY_DELIVERY_RECEIVED));
  EXPECT_EQ(All()[0].failure_condition(), "");
}

TEST_F(HistoryStateTest, AMarkerIsAboutEverythingBeforeItToo) {
  for (const char* id : {"m1", "m2", "m3"}) Send(id);
  Mark("m2");
  Mark("m1");
  Mark("unknown");

  EXPECT_THAT(Deliveries(),
              ElementsAre(v1::HISTORY_DELIVERY_DISPLAYED, v1::HISTORY_DELIVERY_DISPLAYED,
                          v1::HISTORY_DELIVERY_WAITING));
}

TEST_F(HistoryStateTest, WhatTheAccountHasMarkedIsRead) {
  Receive("m1", "one");
  Send("m2");
  Receive("m3", "two");

  Mark("m1", /*own=*/true);

  const auto all = All();
  EXPECT_TRUE(all[0].read());
  EXPECT_FALSE(all[2].read());
  EXPECT_EQ(all[1].delivery(), v1::HISTORY_DELIVERY_WAITING);
}

TEST_F(HistoryStateTest, ARoomsMessagesAreThereAndCanBeModerated) {
  SayInRoom("eve", "buy!", "s1");
  SayInRoom("bot", "hello", "s2", /*own=*/true);
  journal_.Append(kBot, RoomPrivateMessageReceived{kRoom, "eve", "psst", "m3", absl::Now()});
  journal_.Append(
      kBot, MessageModerated{kRoom, "s1", "room@rooms.example.org/boss", "spam", absl::Now()});

  const auto all = All();

  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].type(), v1::HISTORY_MESSAGE_TYPE_GROUPCHAT);
  EXPECT_EQ(all[0].from(), "room@rooms.example.org/eve");
  EXPECT_TRUE(all[0].retracted());
  EXPECT_EQ(all[0].body(), "");
  EXPECT_EQ(all[0].retracted_by(), "room@rooms.example.org/boss");
  EXPECT_EQ(all[0].retract_reason(), "spam");
  EXPECT_TRUE(all[1].outgoing());
  EXPECT_EQ(all[1].delivery(), v1::HISTORY_DELIVERY_SERVER_ACK);
  EXPECT_EQ(all[1].archive_id(), "s2");
  EXPECT_EQ(all[2].type(), v1::HISTORY_MESSAGE_TYPE_CHAT);
  EXPECT_EQ(all[2].body(), "psst");
}

TEST_F(HistoryStateTest, AnIdThatIsUsedAgainMeansTheNewestMessage) {
  Receive("1", "yesterday");
  Receive("1", "today");

  Correct("1", "now");

  EXPECT_EQ(All()[0].body(), "yesterday");
  EXPECT_EQ(All()[1].body(), "now");
}

TEST_F(HistoryStateTest, AJournalOfBeforeIsReadAgainFromTheBeginning) {
  Receive("m1", "helo");
  Send("m2");
  Correct("m1", "hello");
  Mark("m2");
  journal_.Close();
  {
    auto database = sqlite::Database::Open(journal_.path());
    ASSERT_TRUE(database
                    ->Execute("UPDATE history SET state = x'', message_id = '';"
                              "DELETE FROM history_displayed;"
                              "DELETE FROM meta WHERE key = 'history_indexed'")
                    .ok());
  }
  journal_.Open();

  const auto all = All();

  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].body(), "hello");
  EXPECT_EQ(all[1].delivery(), v1::HISTORY_DELIVERY_DISPLAYED);
}

}  // namespace
}  // namespace chatwire::xmpp
