// --verbose: the calls, and no secret; and what shows how far something is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/progress.h"
#include "tests/unit/cli/cli_fixture.h"
#include "tests/unit/cli/person.h"

namespace chatwire::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Json = nlohmann::json;

using VerboseTest = CliServiceTest;

constexpr char kId[] = "3f1c4c1e-6f0a-4d3c-9c38-0a4f6d5f0b11";

TEST_F(VerboseTest, ShowsTheCallAndNeitherTokenNorText) {
  chat_.send = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  const RunResult done =
      RunCli({"send", "alice@example.org", "psst", "--request-id", kId, "--verbose"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.error, HasSubstr("xmpp.v1.ChatService.SendMessage at " + server_->address()));
  EXPECT_THAT(done.error, HasSubstr(std::string("request_id ") + kId));
  EXPECT_THAT(done.error, HasSubstr(": OK in "));
  EXPECT_THAT(done.error, AllOf(Not(HasSubstr("xmpp-secret")), Not(HasSubstr("psst"))));
}

TEST_F(VerboseTest, NeverShowsAPassword) {
  accounts_.login = [](auto&, const auto&, auto&) {
    return Failure(absl::StatusCode::kUnauthenticated, "WRONG_PASSWORD", "wrong password");
  };
  const RunResult done =
      RunCli({"login", "bot@example.org", "--password-stdin", "-v", "--json"}, "s3cret\n");
  const Json rpc = Json::parse(done.error.substr(0, done.error.find('\n')))["rpc"];
  EXPECT_EQ(rpc["method"], "chatwire.xmpp.v1.AccountService.Login");
  EXPECT_EQ(rpc["status"], "UNAUTHENTICATED");
  EXPECT_EQ(rpc["reason"], "WRONG_PASSWORD");
  EXPECT_THAT(done.error, Not(HasSubstr("s3cret")));
}

TEST_F(VerboseTest, TellsTheBeginningAndTheEndOfAStream) {
  events_.watch = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::ABORTED, "the test's end");
  };
  const RunResult done = RunCli({"listen", "--no-reconnect", "--verbose"});
  EXPECT_THAT(done.error, HasSubstr("WatchEvents at " + server_->address() + ": opened"));
  EXPECT_THAT(done.error, HasSubstr(": ABORTED"));
}

TEST_F(VerboseTest, IsSilentUnlessAsked) {
  accounts_.list = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  EXPECT_THAT(RunCli({"accounts"}).error, IsEmpty());
}

TEST_F(VerboseTest, ToggleHasAShortForm) {
  mqtt::v1::SetCheckboxRequest seen;
  checkboxes_.set = [&](auto&, const auto& request, auto&) {
    seen = request;
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"toggle", "lamp"}).exit_code, 0);
  EXPECT_EQ(seen.name(), "lamp");
  EXPECT_EQ(seen.action(), mqtt::v1::CHECKBOX_ACTION_TOGGLE);
}

TEST(ProgressTest, CountsOnATerminalAndClearsItsLine) {
  Person person;
  {
    Progress progress(person.terminal(), "archive", "messages");
    progress.Show(1'500, 0);
  }
  EXPECT_EQ(person.Seen(), "\r\x1b[Karchive 1500 messages\r\x1b[K");
}

}  // namespace
}  // namespace chatwire::cli
