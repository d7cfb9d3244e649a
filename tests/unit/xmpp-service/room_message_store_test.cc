// Who has written what in a room, and what may be done to it, on a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/room_event.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kAccount[] = "bot@example.org";
constexpr char kRoom[] = "darkcave@rooms.example.org";

class RoomMessageStoreTest : public ::testing::Test {
 protected:
  RoomMessageStoreTest() {
    EXPECT_TRUE(WaitFor<bool>([&](auto done) {
                  journal_.rooms->SaveRoom(kAccount, {kRoom, "bot", "", "", {}, {}}, true,
                                           std::move(done));
                }).ok());
  }

  /// @p author says something under @p id, or does @p payload to `refers_to`.
  RoomArrival By(const std::string& author, const std::string& id) {
    RoomArrival arrival;
    arrival.account = kAccount;
    arrival.room = kRoom;
    arrival.author = author;
    arrival.stanza_id = "room " + id;
    arrival.copy_key = id + author;
    arrival.time = journal_.clock.Now();
    return arrival;
  }

  void Say(const std::string& author, const std::string& id) {
    RoomArrival arrival = By(author, id);
    arrival.payload = RoomMessageReceived{};
    arrival.known_as = {id};
    Record(std::move(arrival));
  }

  void Correct(const std::string& author, const std::string& id, const std::string& original) {
    RoomArrival arrival = By(author, id);
    arrival.payload = RoomMessageCorrected{};
    arrival.otherwise = RoomMessageReceived{};
    arrival.refers_to = RoomReference{false, original};
    arrival.known_as = {id};
    Record(std::move(arrival));
  }

  void Retract(const std::string& author, const std::string& id, const std::string& target) {
    RoomArrival arrival = By(author, id);
    arrival.payload = RoomMessageRetracted{};
    arrival.refers_to = RoomReference{true, target};
    Record(std::move(arrival));
  }

  void Record(RoomArrival arrival) {
    EXPECT_TRUE(WaitFor<RoomRecorded>([&](auto done) {
                  journal_.rooms->Record(std::move(arrival), std::move(done));
                }).ok());
  }

  absl::StatusOr<AcceptedRoomMessage> Accept(NewRoomMessage message) {
    message.account = kAccount;
    message.room = kRoom;
    if (message.request_id.empty()) message.request_id = RandomUuid();
    return WaitFor<AcceptedRoomMessage>(
        [&](auto done) { journal_.rooms->Accept(std::move(message), std::move(done)); });
  }

  absl::StatusOr<AcceptedRoomMessage> AcceptAction(MessageAction action) {
    NewRoomMessage message;
    message.action = std::move(action);
    return Accept(std::move(message));
  }

  std::vector<OutgoingRoomMessage> Pending() {
    return *WaitFor<std::vector<OutgoingRoomMessage>>(
        [&](auto done) { journal_.rooms->ListPending(kAccount, kRoom, 0, 100, std::move(done)); });
  }

  v1::Event Last() { return journal_.Events().back(); }

  TemporaryJournal journal_;
};

TEST_F(RoomMessageStoreTest, ACorrectionNamesTheOriginalAlsoOverACorrection) {
  Say("witch", "m1");
  Correct("witch", "m2", "m1");
  EXPECT_EQ(Last().room_message_corrected().corrected_message_id(), "m1");
  EXPECT_EQ(Last().room_message_corrected().corrected_stanza_id(), "room m1");
  Correct("witch", "m3", "m2");
  EXPECT_EQ(Last().room_message_corrected().corrected_message_id(), "m1");
}

TEST_F(RoomMessageStoreTest, WhatSomebodyElseWroteIsNotTouched) {
  Say("witch", "m1");
  Correct("pistol", "m2", "m1");
  EXPECT_TRUE(Last().has_room_message_received()) << "news";
  Correct("", "m3", "m1");
  EXPECT_TRUE(Last().has_room_message_received());
  Retract("pistol", "m4", "room m1");
  Retract("", "m5", "room m1");
  EXPECT_THAT(journal_.Events(), SizeIs(3)) << "retractions of nothing are nothing";
}

TEST_F(RoomMessageStoreTest, ARetractionMayGoByEitherId) {
  Say("witch", "m1");
  Retract("witch", "r1", "room m1");
  EXPECT_EQ(Last().room_message_retracted().retracted_message_id(), "m1");
  EXPECT_EQ(Last().room_message_retracted().retracted_stanza_id(), "room m1");
  Say("witch", "m2");
  Retract("witch", "r2", "m2");
  EXPECT_EQ(Last().room_message_retracted().retracted_stanza_id(), "room m2");
}

TEST_F(RoomMessageStoreTest, WhoWroteWhatOutlivesARestartAndIsForgottenInTime) {
  Say("witch", "m1");
  journal_.Close();
  journal_.Open();
  Correct("witch", "m2", "m1");
  EXPECT_TRUE(Last().has_room_message_corrected());

  RoomArrival old = By("witch", "m3");
  old.payload = RoomMessageReceived{};
  old.known_as = {"m3"};
  old.time = absl::FromUnixSeconds(1);
  Record(old);
  journal_.log->Compact({});
  Correct("witch", "m4", "m3");
  EXPECT_TRUE(Last().has_room_message_received());
}

TEST_F(RoomMessageStoreTest, OnesOwnIsCorrectedByItsIdAndRetractedByTheRooms) {
  Say(kOwnAuthor, "m1");
  Correct(kOwnAuthor, "m2", "m1");
  const auto corrected = AcceptAction(Correction{"m2"});
  const auto retracted = AcceptAction(Retraction{"m1"});

  ASSERT_TRUE(corrected.ok() && retracted.ok());
  EXPECT_EQ(std::get<Correction>(corrected->message.action).message_id, "m1");
  EXPECT_EQ(std::get<Retraction>(retracted->message.action).message_id, "room m1");
  const auto pending = Pending();
  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_EQ(std::get<Correction>(pending[0].action).message_id, "m1");
  EXPECT_EQ(std::get<Retraction>(pending[1].action).message_id, "room m1");
}

TEST_F(RoomMessageStoreTest, WhatIsNotOnesOwnOrNotShownYetIsNotFound) {
  Say("witch", "m1");
  EXPECT_EQ(ReasonOf(AcceptAction(Correction{"m1"}).status()), "MESSAGE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(AcceptAction(Retraction{"m1"}).status()), "MESSAGE_NOT_FOUND");
  EXPECT_THAT(Pending(), IsEmpty());
}

TEST_F(RoomMessageStoreTest, ReactionsAndDetailsAreKeptUntilTheyAreSent) {
  NewRoomMessage text;
  text.body = "answer";
  text.details.thread = "t";
  text.details.reply = Reply{"s1", "darkcave@rooms.example.org/witch", "question"};
  text.details.attachments = {{"https://example.org/cat.png", "look", "cat.png", "image/png"}};
  ASSERT_TRUE(Accept(text).ok());
  ASSERT_TRUE(AcceptAction(Reaction{"s1", {"a", "b"}}).ok());
  journal_.Close();
  journal_.Open();

  const auto pending = Pending();
  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_EQ(pending[0].body, "answer");
  EXPECT_EQ(pending[0].details.thread, "t");
  EXPECT_EQ(pending[0].details.reply->quote, "question");
  EXPECT_EQ(pending[0].details.attachments.at(0).url, "https://example.org/cat.png");
  EXPECT_THAT(std::get<Reaction>(pending[1].action).reactions, ElementsAre("a", "b"));
}

TEST_F(RoomMessageStoreTest, ADamagedMessageDoesNotHoldUpTheOthers) {
  NewRoomMessage text;
  text.body = "first";
  ASSERT_TRUE(Accept(text).ok());
  text.body = "second";
  ASSERT_TRUE(Accept(text).ok());
  ASSERT_TRUE(WaitFor<bool>([&](auto done) {
                journal_.writer->Submit<bool>(
                    [](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
                      auto spoil = tables.database.Prepare(
                          "UPDATE room_outgoing SET payload = x'ff' WHERE id = 1");
                      if (!spoil.ok()) return spoil.status();
                      const absl::Status status = spoil->Run();
                      if (!status.ok()) return status;
                      return true;
                    },
                    std::move(done));
              }).ok());

  const auto pending = Pending();

  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_TRUE(pending[0].damaged);
  EXPECT_FALSE(pending[1].damaged);
  EXPECT_EQ(pending[1].body, "second");
}

TEST_F(RoomMessageStoreTest, ARequestMeansWhatItSaidTheFirstTime) {
  Say(kOwnAuthor, "m1");
  NewRoomMessage message;
  message.request_id = RandomUuid();
  message.action = Retraction{"m1"};
  ASSERT_TRUE(Accept(message).ok());
  EXPECT_TRUE(Accept(message)->replayed);
  message.action = Reaction{"m1", {"a"}};
  EXPECT_EQ(ReasonOf(Accept(message).status()), "REQUEST_ID_REUSED");
}

}  // namespace
}  // namespace chatwire::xmpp
