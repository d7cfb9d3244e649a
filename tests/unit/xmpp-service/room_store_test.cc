#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/journal/sqlite_invitations.h"
#include "xmpp-service/journal/sqlite_room_store.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kAccount[] = "bot@example.org";
constexpr char kRoom[] = "darkcave@rooms.example.org";

class RoomStoreTest : public ::testing::Test {
 protected:
  RoomStoreTest() : store_(*journal_.writer, *journal_.reader, journal_.clock) {}

  void Save() {
    ASSERT_TRUE(WaitFor<bool>([&](auto done) {
                  store_.SaveRoom(kAccount, {kRoom, "bot", "sealed", "", {}, {}}, true,
                                  std::move(done));
                }).ok());
  }

  std::vector<StoredRoom> Rooms() {
    return *WaitFor<std::vector<StoredRoom>>(
        [&](auto done) { store_.ListRooms(kAccount, std::move(done)); });
  }

  RoomRecorded Record(RoomArrival arrival) {
    return *WaitFor<RoomRecorded>(
        [&](auto done) { store_.Record(std::move(arrival), std::move(done)); });
  }

  absl::StatusOr<AcceptedRoomMessage> Accept(const std::string& body) {
    return WaitFor<AcceptedRoomMessage>([&](auto done) {
      store_.Accept({kAccount, kRoom, "", body, "6a9b3c1e-0000-4000-8000-000000000001"},
                    std::move(done));
    });
  }

  RoomArrival Said(const std::string& stanza_id, const std::string& copy_key = "copy") {
    RoomArrival arrival;
    arrival.account = kAccount;
    arrival.room = kRoom;
    arrival.stanza_id = stanza_id;
    arrival.copy_key = copy_key;
    arrival.time = journal_.clock.Now();
    arrival.payload = RoomMessageReceived{};
    return arrival;
  }

  TemporaryJournal journal_;
  SqliteRoomStore store_;
};

TEST_F(RoomStoreTest, AJoinedRoomAndItsPlaceAreKept) {
  Save();
  Record(Said("s1"));
  RoomArrival subject = Said("", "");
  subject.payload = RoomSubjectChanged{};
  subject.subject = "Boiling";
  Record(subject);

  const auto rooms = Rooms();
  ASSERT_THAT(rooms, SizeIs(1));
  EXPECT_EQ(rooms[0].nick, "bot");
  EXPECT_EQ(rooms[0].sealed_password, "sealed");
  EXPECT_EQ(rooms[0].subject, "Boiling");
  EXPECT_EQ(rooms[0].mark->archive_id, "s1") << "a subject has no place in the archive";
}

TEST_F(RoomStoreTest, AMessageIsJournalledOnce) {
  EXPECT_TRUE(Record(Said("s1")).appended);
  EXPECT_FALSE(Record(Said("s1")).appended) << "the same id";
  EXPECT_TRUE(Record(Said("s2")).appended) << "two ids are two messages";
  RoomArrival history = Said("");
  history.delayed = true;
  EXPECT_FALSE(Record(history).appended) << "the history need not carry ids";
  history.time += absl::Hours(1);
  EXPECT_TRUE(Record(history).appended) << "said again later";

  EXPECT_THAT(journal_.Events(), SizeIs(3));
}

TEST_F(RoomStoreTest, WhoSaysTheSameTwiceWithoutIdsMeansIt) {
  RoomArrival live = Said("");
  live.weak_copy_key = true;
  EXPECT_TRUE(Record(live).appended);
  EXPECT_TRUE(Record(live).appended);
  live.delayed = true;
  EXPECT_FALSE(Record(live).appended) << "the history tells it once more";
}

TEST_F(RoomStoreTest, OnlyWhatIsNewOrOfTheArchiveMovesTheMark) {
  Record(Said("s1", "a"));
  journal_.clock.Advance(absl::Seconds(10));
  EXPECT_EQ(Record(Said("s2", "b")).mark->archive_id, "s2");
  RoomArrival old = Said("s0", "c");
  old.time -= absl::Hours(1);
  old.delayed = true;
  EXPECT_FALSE(Record(old).mark.has_value());
  old = Said("s3", "d");
  old.from_archive = true;
  old.payload.reset();
  EXPECT_EQ(Record(old).mark->archive_id, "s3") << "what is no message has its place, too";
}

TEST_F(RoomStoreTest, AMessageIsAcceptedOnceAndConfirmedByItsReflection) {
  EXPECT_EQ(ReasonOf(Accept("hello").status()), "NOT_IN_ROOM");
  Save();
  const auto accepted = Accept("hello");
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_TRUE(Accept("hello")->replayed);
  EXPECT_EQ(ReasonOf(Accept("something else").status()), "REQUEST_ID_REUSED");

  RoomArrival reflection = Said("s1");
  reflection.own_message_id = accepted->message.message_id;
  EXPECT_TRUE(Record(reflection).confirmed);
  EXPECT_FALSE(Record(reflection).confirmed);

  EXPECT_EQ(Accept("hello")->stage, DeliveryStage::kServerAck);
  EXPECT_THAT(*WaitFor<std::vector<OutgoingRoomMessage>>(
                  [&](auto done) { store_.ListPending(kAccount, kRoom, 0, 10, std::move(done)); }),
              IsEmpty());
}

TEST_F(RoomStoreTest, WhatWaitsForARoomThatIsLeftFails) {
  Save();
  const auto accepted = Accept("hello");
  const auto failed = *WaitFor<std::vector<std::string>>(
      [&](auto done) { store_.RemoveRoom(kAccount, kRoom, std::move(done)); });

  EXPECT_THAT(failed, ElementsAre(accepted->message.message_id));
  EXPECT_THAT(Rooms(), IsEmpty());
  EXPECT_EQ(journal_.Events().back().room_message_failed().message_id(),
            accepted->message.message_id);
}

TEST_F(RoomStoreTest, AnInvitationWaitsUntilTheRoomIsJoined) {
  SqliteInvitations invitations(*journal_.writer, *journal_.reader);
  Arrival arrival;
  arrival.account = kAccount;
  arrival.payload = InvitationReceived{
      {kRoom, "witch@example.org", "come", "sealed", false, journal_.clock.Now()}};
  journal_.Record(arrival);
  const auto get = [&] {
    return *WaitFor<std::optional<RoomInvitation>>(
        [&](auto done) { invitations.Get(kAccount, kRoom, std::move(done)); });
  };
  ASSERT_TRUE(get().has_value());
  EXPECT_EQ(get()->password, "sealed");
  EXPECT_TRUE(journal_.Events().at(0).invitation_received().invitation().has_password());

  Save();

  EXPECT_FALSE(get().has_value());
}

}  // namespace
}  // namespace chatwire::xmpp
