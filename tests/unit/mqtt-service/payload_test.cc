// What devices and controllers may send, and what comes of it when they send something else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "mqtt-service/wire/mqtt_payload.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;

TEST(GetPayloadTest, IsNothingOrAsksForTheHistory) {
  EXPECT_EQ(ParseGetPayload("")->history, 0);
  EXPECT_EQ(ParseGetPayload(R"({"history":20})")->history, 20);
  for (const char* bad : {R"({"history":0})", R"({"history":101})", R"({"history":"20"})",
                          R"({"history":1.5})", "{"}) {
    EXPECT_EQ(ReasonOf(ParseGetPayload(bad).status()), "BAD_PAYLOAD") << bad;
  }
}

TEST(SetPayloadTest, ThePanelSaysThatItIsOne) {
  EXPECT_TRUE(ParseSetPayload(R"({"state":"ON","through":"panel","by":"kitchen"})")->panel);
  for (const char* other : {"ON", R"({"state":"ON"})", R"({"state":"ON","through":"rpc"})"}) {
    EXPECT_FALSE(ParseSetPayload(other)->panel) << other;
  }
}

TEST(SetPayloadTest, TakesWordsAndJson) {
  for (const char* on : {"ON", "on", " On\n", "true", "1", R"({"state":"ON"})", R"({"state":true})",
                         R"({"state":1})"}) {
    const auto set = ParseSetPayload(on);
    ASSERT_TRUE(set.ok()) << on;
    EXPECT_EQ(set->action, SwitchAction::kOn) << on;
    EXPECT_EQ(set->expected_version, 0);
  }
  EXPECT_EQ(ParseSetPayload("0")->action, SwitchAction::kOff);
  EXPECT_EQ(ParseSetPayload("toggle")->action, SwitchAction::kToggle);
  EXPECT_EQ(ParseSetPayload(R"({"state":"OFF","expected_version":7})")->expected_version, 7);
}

TEST(SetPayloadTest, RefusesEverythingElse) {
  for (const std::string& bad :
       {std::string(), std::string("maybe"), std::string("{"), std::string("{}"),
        std::string(R"({"state":"ON","expected_version":"7"})"),
        std::string(R"({"state":"ON","expected_version":-1})"), std::string("[1]"),
        std::string("\xff\xfe"), std::string("{\"state\":\"\xff\"}"), std::string(2000, ' ')}) {
    EXPECT_EQ(ReasonOf(ParseSetPayload(bad).status()), "BAD_PAYLOAD") << bad;
  }
}

TEST(ReportPayloadTest, CarriesItsCommand) {
  const auto report = ParseReportPayload(R"({"state":"off","correlation_id":"c1"})");
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->state, SwitchState::kOff);
  EXPECT_EQ(report->correlation_id, "c1");
  EXPECT_EQ(ParseReportPayload("ON")->correlation_id, "");
  EXPECT_EQ(ReasonOf(ParseReportPayload("TOGGLE").status()), "BAD_PAYLOAD");
}

TEST(AvailabilityTest, IsOneOfTwoWords) {
  EXPECT_EQ(*ParseAvailability("online"), Availability::kOnline);
  EXPECT_EQ(*ParseAvailability("Offline"), Availability::kOffline);
  EXPECT_EQ(*ParseAvailability(R"({"state":"online"})"), Availability::kOnline);
  EXPECT_FALSE(ParseAvailability("perhaps").ok());
}

TEST(SetResultTest, SaysWhatCameOfIt) {
  Checkbox checkbox;
  checkbox.name = "lamp";
  checkbox.version = 3;
  checkbox.desired = SwitchState::kOn;
  EXPECT_EQ(SetResultPayload(checkbox), R"({"ok":true,"name":"lamp","desired":"ON","version":3})");
  const absl::Status error = MakeError(
      absl::StatusCode::kAborted, {kErrorDomain, "VERSION_MISMATCH"}, "no", {{"version", "3"}});
  EXPECT_THAT(SetResultPayload(error), HasSubstr(R"("reason":"VERSION_MISMATCH")"));
}

}  // namespace
}  // namespace chatwire::mqtt
