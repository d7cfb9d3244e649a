#include <optional>

#include "common/uuid.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kBot[] = "bot@example.org";

class ChatRulesTest : public RulesFixture {
 protected:
  ChatRulesTest() { Create("lamp", "Desk Lamp"); }

  ChatEvent Message(const std::string& body) {
    ChatEvent event;
    event.event_id = std::to_string(++events_);
    event.account = kBot;
    event.from = "alice@example.org/phone";
    event.to = kBot;
    event.body = body;
    event.sent_time = clock_.Now();
    event.from_contact = true;
    return event;
  }

  void Handle(const ChatEvent& event) {
    if (!chat_.has_value()) chat_.emplace(rules_, announcer_, clock_, settings_);
    Do([&](Transaction& transaction) { chat_->Handle(transaction, event); });
  }

  std::string AnswerTo(const ChatEvent& event) {
    const size_t before = Replies().size();
    Handle(event);
    const auto replies = Replies();
    return replies.size() > before ? replies.back() : "";
  }

  /// Copies on MQTT.
  size_t Mirrored() {
    size_t count = 0;
    for (const OutboxMessage& message : OutboxMessages()) {
      if (message.topic.find("/chat/") != std::string::npos) ++count;
    }
    return count;
  }

  /// Before the first event.
  ChatSettings settings_;
  std::optional<ChatRules> chat_;
  int events_ = 0;
};

TEST_F(ChatRulesTest, ACommandWaitsForTheDevice) {
  EXPECT_EQ(AnswerTo(Message("lamp on")), "");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  EXPECT_EQ(Get("lamp").last_change.actor, "alice@example.org");
  Report("lamp", SwitchState::kOn);
  EXPECT_THAT(Replies(), ElementsAre("lamp is on"));
}

TEST_F(ChatRulesTest, TheTitleIsANameToo) {
  EXPECT_EQ(AnswerTo(Message("turn on the desk lamp")), "");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
}

TEST_F(ChatRulesTest, AnEventTakesEffectOnce) {
  const ChatEvent event = Message("lamp toggle");
  Handle(event);
  Handle(event);
  EXPECT_EQ(Get("lamp").version, 1);
  EXPECT_EQ(Mirrored(), 1u);
}

TEST_F(ChatRulesTest, AVirtualCheckboxAnswersAtOnce) {
  Create("mode", "", /*virtual_device=*/true);
  EXPECT_EQ(AnswerTo(Message("mode on")), "mode is on");
}

TEST_F(ChatRulesTest, QuestionsAreAnswered) {
  EXPECT_EQ(AnswerTo(Message("lamp?")), "lamp: unknown, the device has not reported yet");
  Report("lamp", SwitchState::kOff);
  EXPECT_EQ(AnswerTo(Message("lamp?")), "lamp is off");
  Handle(Message("lamp on"));
  EXPECT_EQ(AnswerTo(Message("lamp?")), "lamp is off (wanted: on, not confirmed)");
  EXPECT_EQ(AnswerTo(Message("list")), "lamp (Desk Lamp): off (wanted: on, not confirmed)");
  EXPECT_THAT(AnswerTo(Message("help")), HasSubstr("lamp on"));
}

TEST_F(ChatRulesTest, MistakesAreNamedAndChangeNothing) {
  EXPECT_EQ(AnswerTo(Message("lmap on")), "I know no checkbox \"lmap\". Did you mean lamp?");
  EXPECT_THAT(AnswerTo(Message("good morning")), HasSubstr("help"));
  EXPECT_THAT(AnswerTo(Message(std::string(257, 'x'))), HasSubstr("too long"));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRulesTest, AnAmbiguousTitleChangesNothing) {
  Create("other", "desk lamp");
  EXPECT_THAT(AnswerTo(Message("desk lamp on")), HasSubstr("lamp or other"));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRulesTest, AStrangerIsRefusedOnce) {
  ChatEvent event = Message("lamp on");
  event.from_contact = false;
  EXPECT_THAT(AnswerTo(event), StartsWith("Sorry"));
  ChatEvent again = Message("lamp on");
  again.from_contact = false;
  again.from = "alice@example.org/other";
  EXPECT_EQ(AnswerTo(again), "");
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRulesTest, ALateCommandIsNotExecuted) {
  ChatEvent event = Message("lamp on");
  event.sent_time = absl::FromCivil(absl::CivilMinute(2023, 11, 14, 14, 3), absl::UTCTimeZone());
  EXPECT_EQ(AnswerTo(event),
            "arrived too late (sent 14:03 UTC), nothing was changed; send it again");
  EXPECT_EQ(Get("lamp").version, 0);
  ChatEvent talk = Message("good morning");
  talk.sent_time = event.sent_time;
  EXPECT_EQ(AnswerTo(talk), "");
}

TEST_F(ChatRulesTest, NobodyTalksToHimself) {
  ChatEvent carbon = Message("lamp on");
  carbon.source = ChatSource::kCarbon;
  ChatEvent sent = Message("lamp on");
  sent.sent = true;
  ChatEvent self = Message("lamp on");
  self.from = std::string(kBot) + "/other";
  ChatEvent empty = Message("");
  ChatEvent headline = Message("lamp on");
  headline.only_to_read = true;
  for (const ChatEvent& event : {carbon, sent, self, empty, headline})
    EXPECT_EQ(AnswerTo(event), "");
  ChatEvent other_account = Message("hello");
  other_account.account = "second@example.org";
  Handle(other_account);
  ChatEvent from_own = Message("lamp on");
  from_own.from = "second@example.org/x";
  EXPECT_EQ(AnswerTo(from_own), "");
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatRulesTest, OnlyTheChosenAccountsTakeCommands) {
  settings_.accounts = {"second@example.org"};
  EXPECT_EQ(AnswerTo(Message("lamp on")), "");
  EXPECT_EQ(Get("lamp").version, 0);
  EXPECT_EQ(Mirrored(), 1u);
}

TEST_F(ChatRulesTest, MessagesAreMirrored) {
  ChatEvent sent = Message("hello");
  sent.sent = true;
  Handle(sent);
  const auto messages = OutboxMessages();
  EXPECT_EQ(messages.back().topic, "chatwire/chat/bot@example.org/out");
  EXPECT_FALSE(messages.back().retain);
}

TEST_F(ChatRulesTest, AnExcludedAccountIsNotMirroredButObeyed) {
  settings_.mirror_exclude = {kBot};
  Handle(Message("lamp on"));
  EXPECT_EQ(Mirrored(), 0u);
  EXPECT_EQ(Get("lamp").version, 1);
}

TEST_F(ChatRulesTest, TwoProgramsThatDoNotUnderstandEachOtherFallSilent) {
  for (int i = 0; i < 100; ++i) Handle(Message("I did not understand that."));
  EXPECT_EQ(Replies().size(), 10u);
  EXPECT_EQ(AnswerTo(Message("help")).empty(), false);
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(AnswerTo(Message("hello")).empty(), false);
}

TEST_F(ChatRulesTest, TheAnswersIdDerivesFromTheEvent) {
  Handle(Message("help"));
  Do([&](Transaction& transaction) {
    const auto replies = transaction.chat().RepliesAfter(0, 10);
    ASSERT_EQ(replies.size(), 1u);
    EXPECT_EQ(replies[0].request_id, DerivedUuid("chatwire-reply", "1:answer"));
    EXPECT_EQ(replies[0].account, kBot);
    EXPECT_EQ(replies[0].to, "alice@example.org/phone");
  });
}

}  // namespace
}  // namespace chatwire::mqtt
