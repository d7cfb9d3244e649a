// What happens to messages of chats of two, in the journal: only to those that are there, and once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/arrival.h"

namespace chatwire::xmpp {
namespace {

constexpr char kBot[] = "bot@example.org";
constexpr char kAlice[] = "alice@example.org/phone";
constexpr char kEve[] = "eve@example.org/phone";

using ::testing::ElementsAre;
using Outcome = Recorded::Outcome;

class ChatJournalTest : public ::testing::Test {
 protected:
  IncomingMessage From(const std::string& from, const std::string& id, const std::string& body,
                       MessageAction action = {}) {
    IncomingMessage message;
    message.from = from;
    message.to = kBot;
    message.id = id;
    message.body = body;
    message.action = std::move(action);
    return message;
  }

  Outcome Record(const IncomingMessage& message) {
    ArrivalContext context;
    context.account = kBot;
    context.now = journal_.clock.Now();
    context.is_contact = [](const std::string&) { return true; };
    return journal_.Record(ToArrival(context, message)).outcome;
  }

  /// Accepts for alice; returns the message's id.
  std::string Send(const std::string& body, MessageAction action = {}) {
    NewMessage message{kBot, "alice@example.org", body, RandomUuid()};
    message.action = std::move(action);
    const auto accepted = journal_.Accept(message);
    EXPECT_TRUE(accepted.ok()) << accepted.status();
    return accepted->message.message_id;
  }

  v1::Event Last() { return journal_.Events().back(); }

  TemporaryJournal journal_;
};

TEST_F(ChatJournalTest, ACorrectionIsNoMessageAgainAndKeepsTheOriginalsId) {
  Record(From(kAlice, "m1", "lamp onn"));
  EXPECT_EQ(Record(From(kAlice, "m2", "lamp on", Correction{"m1"})), Outcome::kAppended);
  // Of the correction, as some clients write it.
  EXPECT_EQ(Record(From("alice@example.org/laptop", "m3", "lamp off", Correction{"m2"})),
            Outcome::kAppended);

  const auto events = journal_.Events();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[1].message_corrected().body(), "lamp on");
  EXPECT_EQ(events[1].message_corrected().corrected_message_id(), "m1");
  EXPECT_EQ(events[2].message_corrected().corrected_message_id(), "m1");
  EXPECT_FALSE(events[2].message_corrected().own());
}

TEST_F(ChatJournalTest, NobodyCorrectsWhatSomebodyElseHasWritten) {
  Record(From(kAlice, "m1", "hello"));
  const std::string own = Send("mine");

  Record(From(kEve, "e1", "evil", Correction{"m1"}));
  Record(From(kEve, "e2", "evil", Correction{own}));

  const auto events = journal_.Events();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[2].message_received().from(), kEve) << "a text of her own, nothing else";
  EXPECT_EQ(events[3].message_received().from(), kEve);
}

TEST_F(ChatJournalTest, InARoomANickIsAPerson) {
  IncomingMessage first = From("room@conference.example.org/alice", "m1", "hello");
  first.room_private = true;
  IncomingMessage second = From("room@conference.example.org/eve", "m2", "evil", Correction{"m1"});
  second.room_private = true;
  Record(first);
  Record(second);

  EXPECT_TRUE(Last().has_room_private_message_received()) << "a text of her own, nothing else";
}

TEST_F(ChatJournalTest, ARetractionCountsForItsAuthorsMessagesOnly) {
  IncomingMessage message = From(kAlice, "m1", "secret");
  message.origin_id = "o1";
  Record(message);

  EXPECT_EQ(Record(From(kEve, "e1", "fallback", Retraction{"m1"})), Outcome::kNothing);
  EXPECT_EQ(Record(From(kAlice, "r1", "fallback", Retraction{"o1"})), Outcome::kAppended);

  EXPECT_EQ(journal_.Events().size(), 2U);
  EXPECT_EQ(Last().message_retracted().retracted_message_id(), "m1");
}

TEST_F(ChatJournalTest, ReceiptsAndMarkersCountForWhatWasSentToThem) {
  const std::string id = Send("hello");

  EXPECT_EQ(Record(From(kEve, "e1", "", Receipt{id})), Outcome::kNothing);
  EXPECT_EQ(Record(From(kEve, "e2", "", Marking{id, Marker::kDisplayed})), Outcome::kNothing);
  EXPECT_EQ(Record(From(kAlice, "a0", "", Receipt{"guess"})), Outcome::kNothing);
  EXPECT_EQ(Record(From(kAlice, "a1", "", Receipt{id})), Outcome::kAppended);
  EXPECT_EQ(Last().message_delivered().message_id(), id);
  EXPECT_EQ(Record(From(kAlice, "a1", "", Receipt{id})), Outcome::kDuplicate);
  EXPECT_EQ(Record(From(kAlice, "a2", "", Marking{id, Marker::kDisplayed})), Outcome::kAppended);
  EXPECT_EQ(Last().message_marked().marker(), v1::MARKER_DISPLAYED);
}

TEST_F(ChatJournalTest, ANoteToSelfIsInTheArchiveTwiceAndIsToldOnce) {
  IncomingMessage note = From("bot@example.org/phone", "n1", "buy milk");
  note.source = MessageSource::kArchive;
  note.archive_id = "1";
  EXPECT_EQ(Record(note), Outcome::kAppended);
  note.archive_id = "2";
  EXPECT_EQ(Record(note), Outcome::kDuplicate);
  note.id = "n2";
  note.archive_id = "3";
  EXPECT_EQ(Record(note), Outcome::kAppended) << "another note";
}

TEST_F(ChatJournalTest, WhatIsOldIsForgotten) {
  Record(From(kAlice, "m1", "hello"));
  journal_.clock.Advance(absl::Hours(24 * 31));
  journal_.log->Compact({absl::Hours(24 * 365), int64_t{1} << 30});

  EXPECT_EQ(Record(From(kAlice, "r1", "", Retraction{"m1"})), Outcome::kNothing);
}

TEST_F(ChatJournalTest, AllThatWaitsSurvivesACrashWithAllItSays) {
  NewMessage message{kBot, "alice@example.org", "hello", RandomUuid()};
  message.details.type = MessageType::kNormal;
  message.details.subject = "subject";
  message.details.thread = "t2";
  message.details.parent_thread = "t1";
  message.details.xhtml = "<p>hello</p>";
  message.details.reply = Reply{"m", "alice@example.org", "quote"};
  message.details.receipt_requested = true;
  message.details.markable = true;
  const std::string id = journal_.Accept(message)->message.message_id;
  const std::string correction = Send("better", Correction{id});
  Send("", Retraction{correction});
  Send("", Reaction{"m", {"+1", "\xf0\x9f\x8e\x89"}});
  Send("", Marking{"m", Marker::kDisplayed});

  journal_.Close();
  journal_.Open();

  const auto pending = journal_.Pending(kBot);
  ASSERT_EQ(pending.size(), 5U);
  EXPECT_EQ(pending[0].body, "hello");
  EXPECT_EQ(pending[0].details.type, MessageType::kNormal);
  EXPECT_EQ(pending[0].details.subject, "subject");
  EXPECT_EQ(pending[0].details.thread, "t2");
  EXPECT_EQ(pending[0].details.parent_thread, "t1");
  EXPECT_EQ(pending[0].details.xhtml, "<p>hello</p>");
  EXPECT_EQ(pending[0].details.reply->message_id, "m");
  EXPECT_EQ(pending[0].details.reply->quote, "quote");
  EXPECT_TRUE(pending[0].details.receipt_requested);
  EXPECT_TRUE(pending[0].details.markable);
  EXPECT_EQ(std::get<Correction>(pending[1].action).message_id, id);
  EXPECT_EQ(pending[1].body, "better");
  EXPECT_EQ(std::get<Retraction>(pending[2].action).message_id, id) << "of the original";
  EXPECT_THAT(std::get<Reaction>(pending[3].action).reactions,
              ElementsAre("+1", "\xf0\x9f\x8e\x89"));
  EXPECT_EQ(std::get<Marking>(pending[4].action).message_id, "m");
}

TEST_F(ChatJournalTest, OnlyOwnMessagesOfThatChatCanBeCorrected) {
  Record(From(kAlice, "m1", "hers"));
  const std::string id = Send("mine");
  const auto reason = [&](const std::string& to, const std::string& target) {
    NewMessage message{kBot, to, "text", RandomUuid()};
    message.action = Correction{target};
    return ReasonOf(journal_.Accept(message).status());
  };

  EXPECT_EQ(reason("alice@example.org", "m1"), "MESSAGE_NOT_FOUND");
  EXPECT_EQ(reason("eve@example.org", id), "MESSAGE_NOT_FOUND");
  EXPECT_EQ(reason("alice@example.org/phone", id), "");
}

TEST_F(ChatJournalTest, AnotherActionIsOtherContent) {
  NewMessage message{kBot, "alice@example.org", "", RandomUuid()};
  message.action = Reaction{"m", {"a"}};
  ASSERT_TRUE(journal_.Accept(message).ok());
  message.action = Reaction{"m", {"b"}};

  EXPECT_EQ(ReasonOf(journal_.Accept(message).status()), "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace chatwire::xmpp
