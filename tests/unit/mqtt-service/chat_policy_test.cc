// Who may operate what by chat, and how fast.
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ChatPolicyTest : public RulesFixture {
 protected:
  ChatPolicyTest() {
    Create("lamp");
    Create("door");
  }

  void Allow(const std::string& name, std::vector<std::string> allow) {
    Do([&](Transaction& transaction) {
      CheckboxChange change;
      change.chat_allow = std::move(allow);
      change.labels = {"hall"};
      ASSERT_TRUE(rules_.Update(transaction, name, change).ok());
    });
  }

  /// What @p person, who is a @p contact or not, is told.
  std::string Say(const std::string& body, const std::string& person = "alice@example.org",
                  bool contact = true) {
    ChatEvent event;
    event.event_id = std::to_string(++events_);
    event.account = "bot@example.org";
    event.from = person + "/phone";
    event.body = body;
    event.sent_time = clock_.Now();
    event.from_contact = contact;
    const size_t before = Replies().size();
    Do([&](Transaction& transaction) { chat_.Handle(transaction, event); });
    const auto replies = Replies();
    return replies.size() > before ? replies.back() : "";
  }

  static ChatSettings FourAMinute() {
    ChatSettings settings;
    settings.policy = *SenderPolicy::Parse("contacts");
    settings.commands_per_minute = 4;
    return settings;
  }

  ChatRules chat_{rules_, announcer_, clock_, FourAMinute()};
  int events_ = 0;
};

TEST_F(ChatPolicyTest, ACheckboxWithAPolicyOfItsOwnObeysOnlyThose) {
  Allow("door", {"carol@example.org"});
  EXPECT_THAT(Say("door on"), HasSubstr("You may not operate door"));
  EXPECT_THAT(Say("ligar door"), HasSubstr("Não pode operar door"));
  EXPECT_EQ(Get("door").version, 0);
  // How it is, is no secret.
  EXPECT_THAT(Say("door?"), HasSubstr("door"));
  Say("door on", "carol@example.org");
  EXPECT_EQ(Get("door").desired, SwitchState::kOn);
}

TEST_F(ChatPolicyTest, AGuestOperatesOnlyWhatIsOpenToHim) {
  Allow("door", {"@guests.example.org"});
  const std::string guest = "postman@guests.example.org";
  Say("door on", guest, /*contact=*/false);
  EXPECT_EQ(Get("door").desired, SwitchState::kOn);
  EXPECT_THAT(Say("door?", guest, false), HasSubstr("door"));
  EXPECT_THAT(Say("lamp on", guest, false), HasSubstr("Sorry"));
  EXPECT_THAT(Say("door off, lamp on", guest, false), IsEmpty());
  EXPECT_THAT(Say("list", guest, false), IsEmpty());
  EXPECT_EQ(Get("lamp").version, 0);
  EXPECT_EQ(Get("door").version, 1);
}

TEST_F(ChatPolicyTest, OfManyThoseAreDoneThatMayBe) {
  Allow("door", {"nobody"});
  Allow("lamp", {});
  EXPECT_THAT(Say("all on"),
              AllOf(HasSubstr("Asked to be on: lamp."), HasSubstr("You may not operate door")));
  EXPECT_THAT(Say("all hall off"), AllOf(HasSubstr("lamp"), HasSubstr("You may not operate door")));
  EXPECT_EQ(Get("door").version, 0);
  Allow("lamp", {"nobody"});
  EXPECT_THAT(Say("hall off"),
              AllOf(HasSubstr("You may not operate door, lamp"), Not(HasSubstr("Asked"))));
}

TEST_F(ChatPolicyTest, WhoIsTooFastIsToldOnceAndMayGoOnLater) {
  for (int i = 0; i < 4; ++i) Say("toggle lamp");
  EXPECT_EQ(Get("lamp").version, 4);
  clock_.Advance(absl::Seconds(20));
  EXPECT_THAT(Say("ligar lamp"), AllOf(HasSubstr("até 4 pedidos por minuto"), HasSubstr("40 s")));
  EXPECT_THAT(Say("toggle lamp"), IsEmpty());
  EXPECT_EQ(Get("lamp").version, 4);
  // Questions are free, and others have limits of their own.
  EXPECT_THAT(Say("lamp?"), HasSubstr("lamp"));
  Say("toggle lamp", "carol@example.org");
  EXPECT_EQ(Get("lamp").version, 5);
  clock_.Advance(absl::Seconds(40));
  Say("toggle lamp");
  EXPECT_EQ(Get("lamp").version, 6);
}

TEST_F(ChatPolicyTest, AMessageWithMoreThanIsLeftChangesNothing) {
  Say("lamp on, lamp off, door on");
  EXPECT_THAT(Say("lamp on, door off"), HasSubstr("too fast"));
  EXPECT_EQ(Get("lamp").version, 2);
  EXPECT_EQ(Get("door").version, 1);
}

}  // namespace
}  // namespace chatwire::mqtt
