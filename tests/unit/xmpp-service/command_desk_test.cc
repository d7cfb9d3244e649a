#include "xmpp-service/domain/command_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "common/error.h"
#include "tests/unit/xmpp-service/manual_executor.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kBot[] = "bot@example.org";
constexpr char kAlice[] = "alice@example.org/phone";
constexpr char kNode[] = "checkboxes";

/// Remembers what it is told.
class FakeProgram final : public CommandProgram {
 public:
  void OnRequested(CommandRequest request) override { requests.push_back(std::move(request)); }
  void OnEnded(const std::string& session_id, const std::string&,
               CommandEndReason reason) override {
    ended.emplace_back(session_id, reason);
  }
  void OnReplaced() override { ++replaced; }

  std::vector<CommandRequest> requests;
  std::vector<std::pair<std::string, CommandEndReason>> ended;
  int replaced = 0;
};

CommandResult Continues(std::vector<CommandAction> allowed, CommandAction default_action) {
  CommandResult result;
  result.status = CommandStatus::kExecuting;
  result.allowed = std::move(allowed);
  result.default_action = default_action;
  result.form.emplace();
  result.form->Set("lamp", {"false"}, FormFieldType::kBoolean);
  return result;
}

class CommandDeskTest : public ::testing::Test {
 protected:
  using Reply = std::shared_ptr<std::optional<absl::StatusOr<CommandReply>>>;

  static CommandOffer OfferOf(std::vector<Command> commands) {
    CommandOffer offer;
    offer.account = kBot;
    offer.commands = std::move(commands);
    return offer;
  }

  int64_t Offer(CommandOffer offer = OfferOf({{kNode, "Checkboxes", ""}})) {
    auto id = desk_.Offer(std::move(offer), program_);
    EXPECT_TRUE(id.ok()) << id.status();
    return id.value_or(0);
  }

  Reply Step(const std::string& session_id, CommandAction action, const std::string& from = kAlice,
             bool is_contact = true) {
    auto reply = std::make_shared<std::optional<absl::StatusOr<CommandReply>>>();
    CommandStep step;
    step.jid = from;
    step.node = kNode;
    step.session_id = session_id;
    step.action = action;
    desk_.Handle(kBot, std::move(step), is_contact,
                 Completion<CommandReply>([reply](auto value) { *reply = std::move(value); }));
    return reply;
  }

  Reply Begin(const std::string& from = kAlice, bool is_contact = true) {
    return Step("", CommandAction::kExecute, from, is_contact);
  }

  absl::Status Answer(const CommandRequest& request, CommandReply reply,
                      const std::string& request_id = "r1") {
    return desk_.Answer(kBot, request.session_id, request.step, request_id, std::move(reply));
  }

  static std::string ConditionOf(const Reply& reply) {
    if (!reply->has_value()) return "no answer yet";
    const auto* refusal = std::get_if<CommandRefusal>(&***reply);
    if (refusal == nullptr) return "a result";
    return refusal->specific.empty() ? refusal->condition : refusal->specific;
  }

  static const CommandResult& ResultOf(const Reply& reply) {
    return std::get<CommandResult>(***reply);
  }

  ManualExecutor timers_;
  CommandDesk desk_{timers_};
  std::shared_ptr<FakeProgram> program_ = std::make_shared<FakeProgram>();
};

TEST_F(CommandDeskTest, ACommandRunsInSteps) {
  Offer();
  // Given somebody who begins
  const auto first = Begin();
  ASSERT_THAT(program_->requests, SizeIs(1));
  const CommandRequest begun = program_->requests[0];
  EXPECT_EQ(begun.what.action, CommandAction::kExecute);
  EXPECT_EQ(begun.what.jid, kAlice);
  EXPECT_TRUE(begun.from_contact);
  EXPECT_EQ(ConditionOf(first), "no answer yet");
  // When the program asks for more, and gets it
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kNext, CommandAction::kComplete},
                                      CommandAction::kNext))
                  .ok());
  EXPECT_EQ(ResultOf(first).session_id, begun.session_id);
  const auto second = Step(begun.session_id, CommandAction::kExecute);
  ASSERT_THAT(program_->requests, SizeIs(2));
  EXPECT_EQ(program_->requests[1].what.action, CommandAction::kNext) << "the default is told";
  EXPECT_EQ(program_->requests[1].step, 2);
  // Then it completes, and is over
  ASSERT_TRUE(Answer(program_->requests[1], CommandResult{}, "r2").ok());
  EXPECT_EQ(ResultOf(second).status, CommandStatus::kCompleted);
  EXPECT_EQ(ConditionOf(Step(begun.session_id, CommandAction::kNext)), "bad-sessionid");
}

TEST_F(CommandDeskTest, WhatIsFilledInHasTheTypesOfTheForm) {
  Offer();
  Begin();
  const CommandRequest begun = program_->requests[0];
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kComplete}, CommandAction::kComplete)).ok());
  // Given a client that leaves the types out, as many do
  CommandStep step;
  step.jid = kAlice;
  step.node = kNode;
  step.session_id = begun.session_id;
  step.form.emplace();
  step.form->Set("lamp", {"1"});

  desk_.Handle(kBot, step, true, {});

  ASSERT_THAT(program_->requests, SizeIs(2));
  EXPECT_EQ(program_->requests[1].what.form->Value("lamp"), "true");
  EXPECT_EQ(program_->requests[1].what.form->Find("lamp")->type, FormFieldType::kBoolean);
}

TEST_F(CommandDeskTest, OnlyWhoeverBeganGoesOn) {
  Offer();
  Begin();
  const CommandRequest begun = program_->requests[0];
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kComplete}, CommandAction::kComplete)).ok());

  EXPECT_EQ(ConditionOf(Step(begun.session_id, CommandAction::kComplete, "eve@example.org/x")),
            "bad-sessionid");
  EXPECT_EQ(ConditionOf(Step(begun.session_id, CommandAction::kComplete, "alice@example.org/pc")),
            "bad-sessionid")
      << "another client is somebody else";
  EXPECT_EQ(ConditionOf(Step("guessed", CommandAction::kComplete)), "bad-sessionid");
  EXPECT_EQ(ConditionOf(Step("", CommandAction::kNext)), "bad-sessionid");
  EXPECT_EQ(ConditionOf(Step(begun.session_id, CommandAction::kPrevious)), "bad-action");
  EXPECT_THAT(program_->requests, SizeIs(1));
}

TEST_F(CommandDeskTest, AStepMustBeAnsweredBeforeTheNext) {
  Offer();
  Begin();

  EXPECT_EQ(ConditionOf(Step(program_->requests[0].session_id, CommandAction::kNext)),
            "bad-action");
}

TEST_F(CommandDeskTest, TheAudienceDecidesWhoSeesAndRuns) {
  Offer();
  EXPECT_THAT(desk_.CommandsFor(kBot, kAlice, true), SizeIs(1));
  EXPECT_THAT(desk_.CommandsFor(kBot, kAlice, false), IsEmpty());
  EXPECT_THAT(desk_.CommandsFor("other@example.org", kAlice, true), IsEmpty());
  EXPECT_EQ(ConditionOf(Begin(kAlice, false)), "forbidden");

  CommandOffer listed = OfferOf({{kNode, "Checkboxes", ""}});
  listed.audience = CommandAudience::kListed;
  listed.allowed = {"bob@example.org", "example.net"};
  Offer(listed);
  EXPECT_EQ(ConditionOf(Begin(kAlice, true)), "forbidden");
  EXPECT_EQ(ConditionOf(Begin("bob@example.org/x", false)), "no answer yet");
  EXPECT_EQ(ConditionOf(Begin("carol@example.net/x", false)), "no answer yet");

  CommandOffer open = listed;
  open.audience = CommandAudience::kEverybody;
  Offer(open);
  EXPECT_EQ(ConditionOf(Begin(kAlice, false)), "no answer yet");
}

TEST_F(CommandDeskTest, AProgramThatIsSilentIsGivenUp) {
  Offer();
  const auto reply = Begin();
  timers_.Advance(absl::Seconds(19));
  EXPECT_EQ(ConditionOf(reply), "no answer yet");

  timers_.Advance(absl::Seconds(2));

  EXPECT_EQ(ConditionOf(reply), "remote-server-timeout");
  const CommandRequest& request = program_->requests[0];
  EXPECT_THAT(program_->ended,
              ElementsAre(std::make_pair(request.session_id, CommandEndReason::kAnswerTimeout)));
  EXPECT_EQ(ReasonOf(Answer(request, CommandResult{})), "COMMAND_NOT_WAITING");
}

TEST_F(CommandDeskTest, WhoeverGoesAwayIsForgotten) {
  Offer();
  Begin();
  const CommandRequest begun = program_->requests[0];
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kComplete}, CommandAction::kComplete)).ok());

  timers_.Advance(CommandDesk::kIdleTimeout + absl::Seconds(1));

  EXPECT_THAT(program_->ended,
              ElementsAre(std::make_pair(begun.session_id, CommandEndReason::kIdle)));
  EXPECT_EQ(ConditionOf(Step(begun.session_id, CommandAction::kComplete)), "bad-sessionid");
}

TEST_F(CommandDeskTest, ACancelIsToldAndNeedsNoAnswer) {
  Offer();
  Begin();
  const CommandRequest begun = program_->requests[0];
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kComplete}, CommandAction::kComplete)).ok());

  const auto reply = Step(begun.session_id, CommandAction::kCancel);

  EXPECT_EQ(ResultOf(reply).status, CommandStatus::kCanceled);
  EXPECT_THAT(program_->ended,
              ElementsAre(std::make_pair(begun.session_id, CommandEndReason::kCanceled)));
}

TEST_F(CommandDeskTest, AnAnswerCountsOnceAndItsRetryIsFine) {
  Offer();
  const auto reply = Begin();
  const CommandRequest begun = program_->requests[0];
  CommandResult done;
  done.notes = {{CommandNoteType::kInformation, "first"}};

  EXPECT_TRUE(Answer(begun, done, "r1").ok());
  EXPECT_TRUE(Answer(begun, CommandRefusal{}, "r1").ok());
  EXPECT_EQ(ReasonOf(Answer(begun, done, "r2")), "COMMAND_NOT_WAITING");
  EXPECT_EQ(ReasonOf(desk_.Answer("other@example.org", begun.session_id, 1, "r3", done)),
            "COMMAND_NOT_WAITING");
  EXPECT_EQ(ResultOf(reply).notes[0].text, "first");
}

TEST_F(CommandDeskTest, WithoutTheProgramThereIsNoCommand) {
  EXPECT_EQ(ConditionOf(Begin()), "item-not-found");
  const int64_t id = Offer();
  const auto waiting = Begin();

  desk_.Withdraw(id);
  desk_.Withdraw(id);

  EXPECT_EQ(ConditionOf(waiting), "recipient-unavailable");
  EXPECT_EQ(ConditionOf(Begin()), "item-not-found");
  EXPECT_THAT(desk_.CommandsFor(kBot, kAlice, true), IsEmpty());
}

TEST_F(CommandDeskTest, AProgramThatComesBackTakesItsCommandsOver) {
  const int64_t old_id = Offer(OfferOf({{kNode, "Old", ""}, {"other", "Other", ""}}));
  Begin();
  const CommandRequest begun = program_->requests[0];
  ASSERT_TRUE(Answer(begun, Continues({CommandAction::kComplete}, CommandAction::kComplete)).ok());
  const auto old_program = program_;
  program_ = std::make_shared<FakeProgram>();

  Offer(OfferOf({{kNode, "New", ""}}));
  EXPECT_EQ(old_program->replaced, 0) << "it has another one";
  Step(begun.session_id, CommandAction::kComplete);
  EXPECT_THAT(program_->requests, SizeIs(1)) << "what was begun goes on";
  Offer(OfferOf({{"other", "Other", ""}}));
  EXPECT_EQ(old_program->replaced, 1);
  desk_.Withdraw(old_id);

  const auto commands = desk_.CommandsFor(kBot, kAlice, true);
  ASSERT_THAT(commands, SizeIs(2));
  EXPECT_EQ(commands[0].name, "New");
}

TEST_F(CommandDeskTest, OnePersonHasOnlySoManyAndWhatTheyLeftMakesRoom) {
  Offer();
  for (size_t i = 0; i < CommandDesk::kMaximumRunsOfOne; ++i) Begin();
  EXPECT_EQ(ConditionOf(Begin("alice@example.org/pc")), "resource-constraint");
  EXPECT_EQ(ConditionOf(Begin("bob@example.org/x")), "no answer yet");

  ASSERT_TRUE(
      Answer(program_->requests[0], Continues({CommandAction::kComplete}, CommandAction::kComplete))
          .ok());

  EXPECT_EQ(ConditionOf(Begin()), "no answer yet");
  EXPECT_THAT(program_->ended, ElementsAre(std::make_pair(program_->requests[0].session_id,
                                                          CommandEndReason::kIdle)));
}

TEST_F(CommandDeskTest, AnAccountHasOnlySoManyOffersAndRuns) {
  CommandOffer open = OfferOf({{kNode, "Checkboxes", ""}});
  open.audience = CommandAudience::kEverybody;
  open.answer_timeout = absl::Seconds(60);
  Offer(open);
  for (size_t i = 0; i < CommandDesk::kMaximumRuns; ++i) {
    Begin("u" + std::to_string(i) + "@example.org/x");
  }
  EXPECT_EQ(ConditionOf(Begin()), "resource-constraint");
  for (size_t i = 1; i < CommandDesk::kMaximumOffers; ++i) {
    Offer(OfferOf({{"n" + std::to_string(i), "N", ""}}));
  }
  EXPECT_EQ(ReasonOf(desk_.Offer(OfferOf({{"last", "L", ""}}), program_).status()),
            "TOO_MANY_OFFERS");
}

}  // namespace
}  // namespace chatwire::xmpp
