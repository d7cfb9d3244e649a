// Several at once, groups, history, watching, and the language of the answers.
#include <optional>

#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class ChatCommandsTest : public RulesFixture {
 protected:
  ChatCommandsTest() {
    Create("lamp", "Lâmpada");
    Create("fan");
  }

  /// Handles what @p person says, and returns the texts that are owed because of it.
  std::vector<std::string> Say(const std::string& body, const std::string& person = "alice") {
    ChatEvent event;
    event.event_id = std::to_string(++events_);
    event.account = "bot@example.org";
    event.from = person + "@example.org/phone";
    event.body = body;
    event.sent_time = clock_.Now();
    event.from_contact = true;
    const size_t before = Replies().size();
    Do([&](Transaction& transaction) { chat_.Handle(transaction, event); });
    return Since(before);
  }

  void Label(const std::string& name, std::vector<std::string> labels) {
    Do([&](Transaction& transaction) {
      Checkbox checkbox = *transaction.checkboxes().Find(name);
      checkbox.labels = std::move(labels);
      checkbox.aliases = {{"es", "Luz de " + name}};
      transaction.checkboxes().Put(checkbox);
    });
  }

  ChatRules chat_{rules_, announcer_, clock_, {}};
  int events_ = 0;
};

constexpr auto kOn = SwitchState::kOn;
constexpr auto kOff = SwitchState::kOff;

TEST_F(ChatCommandsTest, EachOfSeveralIsAnsweredByItsDevice) {
  EXPECT_THAT(Say("lamp on, fan off"), IsEmpty());
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_EQ(Get("fan").desired, kOff);
  EXPECT_THAT(ReportAndListen("fan", kOff), ElementsAre("fan is off"));
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("lamp is on"));
}

TEST_F(ChatCommandsTest, AQuestionAndACommandAreBothAnswered) {
  EXPECT_THAT(Say("lamp?, fan on"), ElementsAre(StartsWith("lamp: unknown")));
  EXPECT_THAT(ReportAndListen("fan", kOn), ElementsAre("fan is on"));
}

TEST_F(ChatCommandsTest, NothingIsDoneWhereOneNameIsUnknown) {
  EXPECT_THAT(Say("lamp on, fna off"), ElementsAre(HasSubstr("Did you mean fan?")));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatCommandsTest, OneVerbMayHaveSeveralNames) {
  for (const char* text : {"turn on the lamp and the fan", "lamp, fan on", "lamp and fan on",
                           "ligar lamp e fan", "enciende la lamp y el fan", "lamp, and fan on"}) {
    const int64_t lamp = Get("lamp").version;
    const int64_t fan = Get("fan").version;
    EXPECT_THAT(Say(text), IsEmpty()) << text;
    EXPECT_EQ(Get("lamp").version, lamp + 1) << text;
    EXPECT_EQ(Get("fan").version, fan + 1) << text;
  }
  EXPECT_THAT(Say("lamp and fna off"), ElementsAre(HasSubstr("\"fna\". Did you mean fan?")));
  EXPECT_THAT(Say("salt and pepper off"), ElementsAre(HasSubstr("\"salt and pepper\"")));
  EXPECT_EQ(Get("lamp").desired, kOn);
  Create("salt-and-lamp");
  Say("salt and lamp off");
  EXPECT_EQ(Get("salt-and-lamp").desired, kOff) << "a name is a name";
  EXPECT_EQ(Get("lamp").desired, kOn);
}

TEST_F(ChatCommandsTest, AllAreAskedAndOnlyFailuresAreTold) {
  Report("fan", kOff);
  EXPECT_THAT(Say("all off"), ElementsAre("Asked to be off: lamp. I tell you which do not confirm. "
                                          "Already off: fan."));
  EXPECT_THAT(ReportAndListen("lamp", kOff), IsEmpty());
  EXPECT_THAT(Say("turn everything on"), ElementsAre(HasSubstr("fan, lamp")));
  EXPECT_THAT(ReportAndListen("lamp", kOn), IsEmpty());
  const size_t before = Replies().size();
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  EXPECT_THAT(Since(before), ElementsAre(StartsWith("fan: not sent yet")));
  EXPECT_THAT(ReportAndListen("fan", kOn), ElementsAre("fan is on"));
}

TEST_F(ChatCommandsTest, AllOfALabelIsSaidInManyWays) {
  Label("lamp", {"Kitchen", "cozinha", "cocina"});
  Label("fan", {"kitchen", "cozinha", "cocina"});
  Create("heater");
  for (const char* text :
       {"all kitchen off", "turn off all in the kitchen", "turn everything in the kitchen off",
        "switch off all the kitchen", "desligar tudo na cozinha", "apagar todo en la cocina",
        "todo en la cocina apagado"}) {
    EXPECT_THAT(Say(text), ElementsAre(HasSubstr(": fan, lamp."))) << text;
  }
  EXPECT_EQ(Get("heater").version, 0);
}

TEST_F(ChatCommandsTest, ALabelThatNobodyHasIsSaidWithTheNearest) {
  Label("lamp", {"kitchen"});
  EXPECT_THAT(Say("all kitchn off"), ElementsAre(AllOf(HasSubstr("No checkbox has the label"),
                                                       HasSubstr("Did you mean kitchen?"))));
  EXPECT_THAT(Say("desligar tudo na garagem"), ElementsAre(HasSubstr("Nenhum interruptor tem")));
  EXPECT_EQ(Get("lamp").version, 0);
}

TEST_F(ChatCommandsTest, AnAliasIsAsGoodAsTheNameAndIsProposedForATypo) {
  Do([&](Transaction& transaction) {
    CheckboxChange change;
    change.aliases = {{{"pt", "candeeiro"}, {"en", "salt and pepper"}, {"de", "Küchenlicht"}}};
    ASSERT_TRUE(rules_.Update(transaction, "lamp", change).ok());
  });
  Say("ligar candeeiro");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  Say("turn off \"salt and pepper\"");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOff);
  Say("KUCHENLICHT on");
  EXPECT_EQ(Get("lamp").version, 3);
  EXPECT_THAT(Say("ligar candeiro"), ElementsAre(HasSubstr("Quis dizer candeeiro?")));
  EXPECT_EQ(Get("lamp").version, 3);
}

TEST_F(ChatCommandsTest, AnAccentThatIsTypedApartIsTheSameWord) {
  Say("ligar la\xcc\x82mpada");
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
}

TEST_F(ChatCommandsTest, ALabelMeansAllThatHaveIt) {
  Label("lamp", {"Kitchen"});
  Label("fan", {"kitchen", "air"});
  EXPECT_THAT(Say("kitchen on"), ElementsAre(HasSubstr("Asked to be on: fan, lamp.")));
  EXPECT_THAT(Say("kitchen?"), ElementsAre(AllOf(HasSubstr("fan: "), HasSubstr("lamp ("))));
  EXPECT_THAT(Say("toggle kitchen"), ElementsAre(HasSubstr("can be fan or lamp")));
  EXPECT_THAT(Say("watch air"), ElementsAre(StartsWith("I tell you when fan changes")));
}

TEST_F(ChatCommandsTest, AnAliasIsANameInAnyCaseAndWithoutAccents) {
  Label("fan", {});
  Say("ligar LUZ DE FAN");
  EXPECT_EQ(Get("fan").desired, kOn);
  Say("lampada on");
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_THAT(Say("luz de fna on"), ElementsAre(HasSubstr("Did you mean Luz de fan?")));
}

TEST_F(ChatCommandsTest, TheHistoryTellsWhoDidWhat) {
  Say("lamp on");
  Report("lamp", kOn);
  const auto answer = Say("history lamp");
  ASSERT_EQ(answer.size(), 1u);
  EXPECT_THAT(answer[0], AllOf(HasSubstr("on wanted, alice@example.org"),
                               HasSubstr("on reported, the device")));
}

TEST_F(ChatCommandsTest, WhoWatchesIsToldAndWhoAskedIsToldOnce) {
  EXPECT_THAT(Say("watch lamp", "bob"), ElementsAre(StartsWith("I tell you when lamp changes")));
  Say("vigiar lamp", "carla");
  Say("watch lamp");

  Say("lamp on");
  EXPECT_THAT(ReportAndListen("lamp", kOn),
              UnorderedElementsAre("lamp is on", "lamp is on (alice@example.org)",
                                   "lamp está ligado (alice@example.org)"));
  EXPECT_THAT(ReportAndListen("lamp", kOn), IsEmpty()) << "nothing has changed";

  Say("unwatch lamp", "bob");
  Say("deixar de vigiar tudo", "carla");
  EXPECT_THAT(ReportAndListen("lamp", kOff), ElementsAre("lamp is off (the device)"));
}

TEST_F(ChatCommandsTest, WatchesEndWithTheCheckbox) {
  Say("watch lamp", "bob");
  Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, "lamp", 0).ok()); });
  Create("lamp");
  EXPECT_THAT(ReportAndListen("lamp", kOn), IsEmpty());
}

TEST_F(ChatCommandsTest, AVirtualCheckboxTellsItsWatchers) {
  Create("mode", "", /*virtual_device=*/true);
  Say("watch mode", "bob");
  EXPECT_THAT(Say("mode on"), UnorderedElementsAre("mode is on", "mode is on (alice@example.org)"));
}

TEST_F(ChatCommandsTest, NobodyWatchesMoreThanAHundred) {
  for (int i = 0; i < 100; ++i) {
    const std::string name = "c" + std::to_string(i);
    Create(name);
    Say("watch " + name);
  }
  EXPECT_THAT(Say("watch lamp"), ElementsAre(StartsWith("You watch 100 already")));
}

TEST_F(ChatCommandsTest, AnAnswerIsInTheLanguageOfTheQuestion) {
  Say("ligar lamp");
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("lamp está ligado"));
  Say("apaga la lamp");
  EXPECT_THAT(ReportAndListen("lamp", kOff), ElementsAre("lamp está apagado"));
  Say("lamp on");
  EXPECT_THAT(ReportAndListen("lamp", kOn), ElementsAre("lamp is on"));
  EXPECT_THAT(Say("ajuda"), ElementsAre(HasSubstr("interruptores")));
  EXPECT_THAT(Say("ayuda"), ElementsAre(HasSubstr("Manejo")));
}

TEST_F(ChatCommandsTest, WhatIsSaidInEveryLanguageIsAnsweredInTheLastOne) {
  Report("lamp", kOn);
  EXPECT_THAT(Say("lamp?"), ElementsAre("lamp is on"));
  Say("ayuda");
  EXPECT_THAT(Say("lamp?"), ElementsAre("lamp está encendido"));
  EXPECT_THAT(Say("lista"), ElementsAre(HasSubstr("encendido")));
  EXPECT_THAT(Say("lista", "bob"), ElementsAre(HasSubstr("ligado")));
  EXPECT_THAT(Say("lmap?"), ElementsAre(HasSubstr("¿Quisiste decir lamp?")));
}

}  // namespace
}  // namespace chatwire::mqtt
