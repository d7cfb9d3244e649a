// Corrections, retractions, reactions and chat states in rooms: who may have done what.
#include "tests/unit/xmpp-service/room_keeper_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoomActionsTest : public RoomKeeperFixture {
 protected:
  RoomActionsTest() {
    port_.info->archived = false;
    Up();
    Join();
    Enter();
  }

  static RoomMessage From(const std::string& nick) {
    RoomMessage message;
    message.room = kRoom;
    message.nick = nick;
    message.id = "m1";
    message.stanza_id = "s1";
    return message;
  }

  /// What the store was asked to note of it.
  RoomArrival Arrive(const RoomMessage& message) {
    const size_t before = store_.arrivals.size();
    keeper_->OnRoomMessage(message);
    executor_.Run();
    EXPECT_EQ(store_.arrivals.size(), before + 1);
    return store_.arrivals.back();
  }

  std::string AuthorOf(RoomMessage message) {
    message.body = "text";
    return Arrive(message).author;
  }
};

TEST_F(RoomActionsTest, AnAuthorIsANickUntilItIsLeft) {
  const std::string witch = AuthorOf(From("witch"));
  EXPECT_FALSE(witch.empty());
  EXPECT_EQ(AuthorOf(From("witch")), witch);
  Present("witch", {}, RoomRole::kModerator);
  EXPECT_EQ(AuthorOf(From("witch")), witch) << "still the same";

  Gone("witch", {});
  EXPECT_EQ(AuthorOf(From("witch")), "") << "what comes late, of nobody who is there";
  Present("witch");

  EXPECT_NE(AuthorOf(From("witch")), witch) << "somebody else, as far as can be told";
}

TEST_F(RoomActionsTest, TheRoomsWordIsBetterThanANick) {
  auto message = From("witch");
  message.occupant_id = "o1";
  const std::string author = AuthorOf(message);
  message.nick = "hag";
  EXPECT_EQ(AuthorOf(message), author);
  message.occupant_id = "o2";
  EXPECT_NE(AuthorOf(message), author);
  message.from_archive = true;
  message.stamp = clock_.Now();
  EXPECT_FALSE(AuthorOf(message).empty()) << "also of the past";
}

TEST_F(RoomActionsTest, OfThePastANickSaysNothing) {
  auto message = From("witch");
  message.stamp = clock_.Now();
  EXPECT_EQ(AuthorOf(message), "");
  EXPECT_EQ(AuthorOf(From("")), "") << "the room itself";
  message = From("bot");
  message.stamp = clock_.Now();
  EXPECT_EQ(AuthorOf(message), "") << "maybe somebody else had the nick then";
  EXPECT_EQ(AuthorOf(From("bot")), kOwnAuthor);
}

TEST_F(RoomActionsTest, ACorrectionIsATextWhereItsOriginalIsNotKnown) {
  auto message = From("witch");
  message.body = "hello";
  message.action = Correction{"m0"};
  const RoomArrival arrival = Arrive(message);

  EXPECT_EQ(std::get<RoomMessageCorrected>(*arrival.payload).message.body, "hello");
  EXPECT_EQ(std::get<RoomMessageReceived>(*arrival.otherwise).body, "hello");
  EXPECT_FALSE(arrival.refers_to->by_room);
  EXPECT_EQ(arrival.refers_to->id, "m0");
  EXPECT_THAT(arrival.known_as, ElementsAre("m1"));
}

TEST_F(RoomActionsTest, ARetractionIsNothingWhereItsMessageIsNotKnown) {
  auto message = From("bot");
  message.body = "my client cannot show that";
  message.action = Retraction{"s0"};
  const RoomArrival arrival = Arrive(message);

  EXPECT_TRUE(arrival.refers_to->by_room);
  EXPECT_FALSE(arrival.otherwise.has_value());
  EXPECT_THAT(arrival.known_as, IsEmpty());
  EXPECT_EQ(arrival.own_message_id, "m1") << "it confirms what the account has sent";
}

TEST_F(RoomActionsTest, ReactionsAreToldWithAllThatIsKnown) {
  auto message = From("witch");
  message.action = Reaction{"s0", {"a", "b"}};
  const RoomArrival arrival = Arrive(message);

  const auto& reacted = std::get<RoomMessageReacted>(*arrival.payload);
  EXPECT_EQ(reacted.target_stanza_id, "s0");
  EXPECT_THAT(reacted.reactions, ElementsAre("a", "b"));
  EXPECT_FALSE(arrival.refers_to.has_value()) << "it may be older than the service";
  auto other = message;
  other.action = Reaction{"s0", {"c"}};
  EXPECT_NE(Arrive(other).copy_key, arrival.copy_key);
}

TEST_F(RoomActionsTest, AFileWithoutATextIsAMessage) {
  auto message = From("witch");
  message.details.attachments = {{"https://example.org/cat.png", "", "cat.png", "image/png"}};

  const RoomArrival arrival = Arrive(message);

  EXPECT_THAT(std::get<RoomMessageReceived>(*arrival.payload).details.attachments, SizeIs(1));
}

TEST_F(RoomActionsTest, ChatStatesAreNewsOfOthersNow) {
  const auto say = [this](RoomMessage message) {
    keeper_->OnRoomMessage(std::move(message));
    executor_.Run();
  };
  auto message = From("witch");
  message.chat_state = ChatState::kComposing;
  say(message);
  message.nick = "bot";
  say(message);
  message = From("witch");
  message.chat_state = ChatState::kActive;
  message.stamp = clock_.Now();
  say(message);
  message.stamp.reset();
  message.body = "with a text it says nothing more";
  say(message);

  const auto states = Events<RoomChatStateReceived>();
  ASSERT_THAT(states, SizeIs(1));
  EXPECT_EQ(states[0].nick, "witch");
  EXPECT_EQ(states[0].state, ChatState::kComposing);
}

TEST_F(RoomActionsTest, AStateIsSentIntoARoomOnlyFromInside) {
  EXPECT_TRUE(keeper_->SendChatState(kRoom, ChatState::kPaused).ok());
  EXPECT_THAT(port_.states, ElementsAre(ChatState::kPaused));
  EXPECT_TRUE(absl::IsNotFound(keeper_->SendChatState("other@x", ChatState::kPaused)));
  keeper_->OnDown();
  EXPECT_TRUE(absl::IsUnavailable(keeper_->SendChatState(kRoom, ChatState::kPaused)));
}

}  // namespace
}  // namespace chatwire::xmpp
