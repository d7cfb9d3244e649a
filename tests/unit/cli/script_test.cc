// What scripts rely on: lines from standard input, commands for events, positions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ScriptTest : public CliServiceTest {
 protected:
  ScriptTest() {
    roster_.list = [](auto&, const auto&, auto& response) {
      auto& alice = *response.add_contacts();
      alice.set_jid("alice@example.org");
      alice.set_name("Alice\tB");
      alice.add_groups("Tea");
      alice.add_groups("Friends");
      response.add_contacts()->set_jid("bob@example.org");
      return grpc::Status::OK;
    };
    events_.watch = [this](auto&, const auto& request, auto& writer) {
      requests_.push_back(request);
      for (int i = 1; i <= 3; ++i) {
        xmpp::v1::WatchEventsResponse response;
        auto& event = *response.mutable_event();
        event.set_sequence(i);
        event.mutable_create_time()->set_seconds(1'000 * i);
        event.mutable_message_received()->set_from("alice@example.org/phone");
        event.mutable_message_received()->set_body("$(touch pwned); text " + std::to_string(i));
        response.set_resume_token("token-" + std::to_string(i));
        if (!writer.Write(response)) break;
      }
      return grpc::Status(grpc::StatusCode::ABORTED, "the test's end");
    };
  }

  std::string Content(const std::string& name) const {
    std::stringstream content;
    content << std::ifstream(directory_ / name).rdbuf();
    return content.str();
  }

  std::vector<xmpp::v1::WatchEventsRequest> requests_;
};

TEST_F(ScriptTest, EachLineOfStandardInputIsAMessage) {
  std::vector<std::string> bodies;
  chat_.send = [&](auto&, const auto& request, auto& response) {
    bodies.push_back(request.body());
    response.set_stage(xmpp::v1::DELIVERY_STAGE_ACCEPTED);
    return grpc::Status::OK;
  };
  const RunResult done = RunCli({"send", "alice@example.org", "--stdin", "--json"}, "one\n\ntwo");
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(bodies, ElementsAre("one", "two"));
}

TEST_F(ScriptTest, TheFirstErrorEndsTheLines) {
  int calls = 0;
  chat_.send = [&](auto&, const auto&, auto&) {
    ++calls;
    return Failure(absl::StatusCode::kNotFound, "ACCOUNT_NOT_FOUND", "no such account");
  };
  EXPECT_EQ(RunCli({"send", "alice@example.org", "--stdin"}, "one\ntwo\n").exit_code, 4);
  EXPECT_EQ(calls, 1);
}

TEST_F(ScriptTest, ACommandGetsTheEventAsInputAndVariablesAndNeverAsCode) {
  const std::string seen = (directory_ / "seen").string();
  const RunResult done = RunCli({"listen", "--no-reconnect", "--exec",
                                 "cd " + directory_.string() +
                                     "; echo \"$CHATWIRE_KIND $CHATWIRE_FROM $CHATWIRE_BODY\" "
                                     ">> seen; cat >> input"});
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_THAT(Content("seen"),
              HasSubstr("message_received alice@example.org/phone $(touch pwned); text 2\n"));
  EXPECT_FALSE(std::filesystem::exists(directory_ / "pwned"));
  std::istringstream input(Content("input"));
  std::string line;
  ASSERT_TRUE(std::getline(input, line));
  EXPECT_EQ(nlohmann::json::parse(line)["sequence"], 1);
}

TEST_F(ScriptTest, AResumeFileGoesOnBehindTheLastEvent) {
  const std::string file = (directory_ / "position").string();
  const std::string link = file + ".link";
  std::filesystem::create_symlink("position", link);
  EXPECT_EQ(RunCli({"listen", "--count", "2", "--resume-file", link}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(Content("position"), "token-2\n");
  RunCli({"listen", "--count", "1", "--resume-file", file});
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_EQ(requests_[0].resume_token(), "");
  EXPECT_EQ(requests_[1].resume_token(), "token-2");
}

TEST_F(ScriptTest, AResumeFileThatCannotBeWrittenIsToldAtOnce) {
  for (const std::string& file : {(directory_ / "no" / "rf").string(), std::string("/dev/null")}) {
    const RunResult done = RunCli({"listen", "--resume-file", file});
    EXPECT_EQ(done.exit_code, 1);
    EXPECT_THAT(done.error, HasSubstr(file));
  }
  EXPECT_THAT(requests_, IsEmpty());
}

TEST_F(ScriptTest, AResumeFileOfSomethingElseIsNamed) {
  events_.watch = [](auto&, const auto&, auto&) {
    return Failure(absl::StatusCode::kInvalidArgument, "BAD_RESUME_TOKEN", "`resume_token` is bad");
  };
  const std::string file = WriteFile("garbage", "hello\n");
  const RunResult done = RunCli({"listen", "--resume-file", file});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr(file + " holds no position"));
}

TEST_F(ScriptTest, ACountIsAWholeNumber) {
  for (const char* const wrong : {"0", "1.5", "-1", "x"}) {
    const RunResult done = RunCli({"listen", "--count", wrong});
    EXPECT_EQ(done.exit_code, 2);
    EXPECT_THAT(done.error, HasSubstr("is no whole number from 1 on"));
  }
}

TEST_F(ScriptTest, SinceLeavesOutWhatIsOlder) {
  const RunResult done =
      RunCli({"listen", "--since", "1970-01-01T00:40:00Z", "--count", "1", "--json"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_EQ(nlohmann::json::parse(done.out)["sequence"], 3);
  EXPECT_TRUE(requests_[0].from_beginning());
}

}  // namespace
}  // namespace chatwire::cli
