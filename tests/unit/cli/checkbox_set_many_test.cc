// Many checkboxes at once: which ones are asked for, and the wait for their devices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "tests/unit/cli/cli_fixture.h"
#include "tests/unit/cli/person.h"

namespace chatwire::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using Json = nlohmann::json;
using mqtt::v1::Checkbox;
using mqtt::v1::WatchCheckboxesResponse;

/// A checkbox that is wanted off and is on.
Checkbox Asked(const std::string& name) {
  Checkbox checkbox;
  checkbox.set_name(name);
  checkbox.set_desired(mqtt::v1::CHECKBOX_STATE_OFF);
  checkbox.set_reported(mqtt::v1::CHECKBOX_STATE_ON);
  checkbox.set_pending(true);
  return checkbox;
}

Checkbox Confirmed(const std::string& name) {
  Checkbox checkbox = Asked(name);
  checkbox.set_reported(mqtt::v1::CHECKBOX_STATE_OFF);
  checkbox.set_pending(false);
  return checkbox;
}

WatchCheckboxesResponse Told(const Checkbox& checkbox) {
  WatchCheckboxesResponse response;
  *response.mutable_checkbox() = checkbox;
  response.set_resume_token("t");
  return response;
}

/// The service has asked the devices of @p checkboxes.
void AddResults(const std::vector<Checkbox>& checkboxes,
                mqtt::v1::SetCheckboxesResponse& response) {
  for (const Checkbox& checkbox : checkboxes) {
    auto& result = *response.add_results();
    result.set_name(checkbox.name());
    *result.mutable_checkbox() = checkbox;
  }
}

std::vector<Json> LinesOf(const std::string& out) {
  std::vector<Json> lines;
  std::istringstream text(out);
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

class CheckboxSetManyTest : public CliServiceTest {
 protected:
  CheckboxSetManyTest() {
    checkbox_groups_.set = [this](auto&, const auto& request, auto& response) {
      asked_ = request;
      AddResults(set_, response);
      return grpc::Status::OK;
    };
  }

  /// The devices say @p checkboxes, and then nothing any more.
  void Tell(std::vector<Checkbox> checkboxes) {
    checkboxes_.watch = [checkboxes = std::move(checkboxes)](auto& context, const auto& request,
                                                             auto& writer) {
      EXPECT_THAT(request.names(), Not(IsEmpty()));
      for (const Checkbox& checkbox : checkboxes) writer.Write(Told(checkbox));
      return StayOpen(context);
    };
  }

  static grpc::Status StayOpen(const grpc::ServerContext& context) {
    // The synchronous API has no other way to learn of a cancellation.
    while (!context.IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
    return grpc::Status::CANCELLED;
  }

  mqtt::v1::SetCheckboxesRequest asked_;
  std::vector<Checkbox> set_ = {Asked("lamp"), Asked("fan")};
};

TEST_F(CheckboxSetManyTest, AsksForThoseThatAreNamedAndForALabel) {
  const RunResult done = RunCli({"checkbox", "set-many", "lamp", "fan", "--to", "off"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_EQ(done.out, "lamp\toff\t\nfan\toff\t\n");
  ASSERT_THAT(asked_.wishes(), SizeIs(2));
  EXPECT_EQ(asked_.wishes(1).name(), "fan");
  EXPECT_EQ(asked_.wishes(1).action(), mqtt::v1::CHECKBOX_ACTION_OFF);
  EXPECT_EQ(RunCli({"checkbox", "set-label", "kitchen", "toggle"}).exit_code, 0);
  EXPECT_EQ(asked_.label(), "kitchen");
  EXPECT_EQ(asked_.action(), mqtt::v1::CHECKBOX_ACTION_TOGGLE);
  EXPECT_EQ(RunCli({"checkbox", "set-label", "kitchen", "explode"}).exit_code, 2);
}

TEST_F(CheckboxSetManyTest, JsonSaysHowFarEachHasCome) {
  set_ = {Asked("lamp"), Confirmed("virtual")};
  const RunResult done = RunCli({"checkbox", "set-label", "kitchen", "off", "--json"});
  const std::vector<Json> lines = LinesOf(done.out);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0]["stage"], "accepted");
  EXPECT_EQ(lines[1]["stage"], "confirmed");
}

TEST_F(CheckboxSetManyTest, OneThatCannotBeSetIsNamed) {
  checkbox_groups_.set = [](auto&, const auto&, auto& response) {
    auto& result = *response.add_results();
    result.set_name("lmap");
    result.set_error_reason("CHECKBOX_NOT_FOUND");
    result.set_error_message("there is no checkbox lmap");
    return grpc::Status::OK;
  };
  const RunResult done = RunCli({"checkbox", "set-many", "lmap", "--to", "on", "--wait"});
  EXPECT_EQ(done.exit_code, 5);
  EXPECT_EQ(done.out, "lmap\t\tthere is no checkbox lmap\n");
  EXPECT_THAT(done.error, HasSubstr("CHECKBOX_NOT_FOUND"));
}

TEST_F(CheckboxSetManyTest, WaitsUntilAllDevicesHaveReported) {
  Tell({Asked("lamp"), Asked("fan"), Asked("other"), Confirmed("fan"), Confirmed("lamp")});
  const RunResult done = RunCli({"checkbox", "set-label", "kitchen", "off", "--wait", "--json"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.error, IsEmpty());
  const std::vector<Json> lines = LinesOf(done.out);
  ASSERT_THAT(lines, SizeIs(2));
  for (const Json& line : lines) {
    EXPECT_EQ(line["stage"], "confirmed");
    EXPECT_EQ(line["checkbox"]["reported"], "off");
  }
}

TEST_F(CheckboxSetManyTest, WithoutADeviceThereIsNothingToWaitFor) {
  set_ = {Confirmed("virtual")};
  // A stream would fail: this test has none.
  const RunResult done = RunCli({"checkbox", "set-many", "virtual", "--to", "off", "--wait"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
}

TEST_F(CheckboxSetManyTest, ASilentDeviceIsNamed) {
  Tell({Confirmed("lamp")});
  const RunResult done =
      RunCli({"checkbox", "set-label", "kitchen", "off", "--wait", "--timeout", "1s"});
  EXPECT_EQ(done.exit_code, 7);
  EXPECT_EQ(done.out, "lamp\toff\t\nfan\toff\tnot confirmed\n");
  EXPECT_THAT(done.error, HasSubstr("wanted state: fan\n"));
}

TEST_F(CheckboxSetManyTest, WhatIsGivenUpIsNotWaitedFor) {
  Checkbox expired = Confirmed("lamp");
  expired.set_desired(mqtt::v1::CHECKBOX_STATE_ON);
  checkboxes_.watch = [&](auto& context, const auto&, auto& writer) {
    writer.Write(Told(expired));
    WatchCheckboxesResponse gone;
    gone.set_deleted_name("fan");
    writer.Write(gone);
    return StayOpen(context);
  };
  const absl::Time start = absl::Now();
  const RunResult done =
      RunCli({"checkbox", "set-label", "kitchen", "off", "--wait", "--timeout", "1h", "--json"});
  EXPECT_EQ(done.exit_code, 7);
  EXPECT_EQ(Json::parse(done.error)["error"]["reason"], "NOT_CONFIRMED");
  EXPECT_LT(absl::Now() - start, absl::Minutes(1));
}

TEST_F(CheckboxSetManyTest, AStreamThatBreaksIsOpenedAgain) {
  std::vector<std::string> tokens;
  checkboxes_.watch = [&](auto& context, const auto& request, auto& writer) {
    tokens.push_back(request.resume_token());
    EXPECT_THAT(request.names(), UnorderedElementsAre("lamp", "fan"));
    writer.Write(Told(Confirmed(tokens.size() == 1 ? "lamp" : "fan")));
    if (tokens.size() > 1) return StayOpen(context);
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the service is replaced");
  };
  const RunResult done = RunCli({"checkbox", "set-label", "kitchen", "off", "--wait"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(tokens, ::testing::ElementsAre("", "t"));
}

TEST_F(CheckboxSetManyTest, WhoMayNotReadIsToldSo) {
  checkboxes_.watch = [](auto&, const auto&, auto&) {
    return Failure(absl::StatusCode::kPermissionDenied, "SCOPE_MISSING", "needs checkbox.read");
  };
  const RunResult done = RunCli({"checkbox", "set-label", "kitchen", "off", "--wait", "--json"});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_EQ(Json::parse(done.error)["error"]["reason"], "SCOPE_MISSING");
  EXPECT_THAT(LinesOf(done.out), SizeIs(2));
}

TEST_F(CheckboxSetManyTest, ShowsAPersonHowManyAreConfirmed) {
  std::promise<void> seen_none;
  std::promise<void> seen_one;
  checkboxes_.watch = [&](auto& context, const auto&, auto& writer) {
    seen_none.get_future().wait();
    writer.Write(Told(Confirmed("lamp")));
    seen_one.get_future().wait();
    writer.Write(Told(Confirmed("fan")));
    return StayOpen(context);
  };
  Person person;
  const int out = memfd_create("out", 0);
  auto done = std::async(std::launch::async, [&] {
    return RunCliWith({"checkbox", "set-label", "kitchen", "off", "--wait"},
                      {out, out, person.terminal()});
  });
  EXPECT_TRUE(person.See("turning off [..............................] 0 of 2 confirmed"));
  seen_none.set_value();
  EXPECT_TRUE(person.See("turning off [###############...............] 1 of 2 confirmed"));
  seen_one.set_value();
  EXPECT_EQ(done.get(), 0);
  EXPECT_THAT(person.Seen(), EndsWith("\r\x1b[K"));
  close(out);
}

TEST_F(CheckboxSetManyTest, CtrlCLeavesNoBarBehind) {
  Tell({});
  Person person;
  const int out = memfd_create("out", 0);
  auto done = std::async(std::launch::async, [&] {
    return RunCliWith({"checkbox", "set-many", "lamp", "fan", "--to", "off", "--wait"},
                      {out, out, person.terminal()});
  });
  EXPECT_TRUE(person.See("0 of 2 confirmed"));
  kill(getpid(), SIGINT);
  EXPECT_EQ(done.get(), 130);
  EXPECT_EQ(lseek(out, 0, SEEK_END), 0);
  EXPECT_THAT(person.Seen(), EndsWith("confirmed\r\x1b[K"));
  close(out);
}

}  // namespace
}  // namespace chatwire::cli
