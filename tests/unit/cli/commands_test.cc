// Commands against fake services: what is asked, what is answered, and how each error ends.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

using CommandsTest = CliServiceTest;

std::string Content(const std::string& path) {
  std::stringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

Json ErrorOf(const RunResult& result) { return Json::parse(result.error)["error"]; }

TEST_F(CommandsTest, LoginSavesTheTokenAndNeverShowsIt) {
  unsetenv("CHATWIRE_TOKEN_FILE");
  xmpp::v1::LoginRequest seen;
  accounts_.login = [&](auto&, const auto& request, auto& response) {
    seen = request;
    response.mutable_account()->set_account("bot@example.org");
    response.set_token("cw_fresh");
    return grpc::Status::OK;
  };
  const RunResult result =
      RunCli({"login", "Bot@example.org", "--password-stdin", "--json"}, "s3cret\n");
  ASSERT_EQ(result.exit_code, 0) << result.error;
  EXPECT_EQ(seen.jid(), "Bot@example.org");
  EXPECT_EQ(seen.password(), "s3cret");
  const std::string path = Json::parse(result.out)["token_file"];
  EXPECT_EQ(Content(path), "cw_fresh\n");
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_THAT(result.out + result.error, Not(HasSubstr("cw_fresh")));

  // The commands that follow use it.
  std::string token;
  accounts_.list = [&](auto& context, const auto&, auto&) {
    token = TokenOf(context);
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"accounts"}).exit_code, 0);
  EXPECT_EQ(token, "Bearer cw_fresh");
}

TEST_F(CommandsTest, LoginTellsAWrongPassword) {
  accounts_.login = [](auto&, const auto&, auto&) {
    return Failure(absl::StatusCode::kUnauthenticated, "WRONG_PASSWORD", "the server refused it");
  };
  const RunResult result =
      RunCli({"login", "bot@example.org", "--password-stdin", "--json"}, "wr0ng\n");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(ErrorOf(result)["reason"], "WRONG_PASSWORD");
  EXPECT_EQ(ErrorOf(result)["code"], "UNAUTHENTICATED");
  EXPECT_THAT(result.error, Not(HasSubstr("wr0ng")));
}

TEST_F(CommandsTest, LogoutForgetsTheSavedToken) {
  unsetenv("CHATWIRE_TOKEN_FILE");
  accounts_.login = [](auto&, const auto&, auto& response) {
    response.mutable_account()->set_account("bot@example.org");
    response.set_token("cw_fresh");
    return grpc::Status::OK;
  };
  accounts_.logout = [](auto&, const auto& request, auto&) {
    EXPECT_EQ(request.account(), "bot@example.org");
    return grpc::Status::OK;
  };
  ASSERT_EQ(RunCli({"login", "bot@example.org", "--password-stdin"}, "x\n").exit_code, 0);
  EXPECT_EQ(RunCli({"logout"}).exit_code, 0);
  EXPECT_EQ(RunCli({"logout"}).exit_code, 3);
}

TEST_F(CommandsTest, AccountsFollowsThePages) {
  accounts_.list = [](auto&, const auto& request, auto& response) {
    const bool first = request.page_token().empty();
    response.add_accounts()->set_account(first ? "a@example.org" : "b@example.org");
    if (first) response.set_next_page_token("second");
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"accounts"}).out,
            "a@example.org\tunknown\t\t0\t\nb@example.org\tunknown\t\t0\t\n");
}

TEST_F(CommandsTest, SendTakesTheBodyFromStandardInput) {
  xmpp::v1::SendMessageRequest seen;
  chat_.send = [&](auto& context, const auto& request, auto& response) {
    EXPECT_EQ(TokenOf(context), "Bearer xmpp-secret");
    seen = request;
    response.set_message_id("m1");
    response.set_stage(xmpp::v1::DELIVERY_STAGE_ACCEPTED);
    return grpc::Status::OK;
  };
  const RunResult result = RunCli({"send", "alice@example.org", "-"}, "two\nlines\n");
  EXPECT_EQ(result.exit_code, 0) << result.error;
  EXPECT_EQ(result.out, "accepted m1\n");
  EXPECT_EQ(seen.body(), "two\nlines");
  EXPECT_EQ(seen.to(), "alice@example.org");
}

TEST_F(CommandsTest, SendPassesOddBodiesUnchanged) {
  std::string body;
  chat_.send = [&](auto&, const auto& request, auto&) {
    body = request.body();
    return grpc::Status::OK;
  };
  for (const char* const text : {"[a,b]", "\"quoted\"", "%20", "-5", "watch", "", "a=b"}) {
    ASSERT_EQ(RunCli({"send", "a@b", text}).exit_code, 0) << text;
    EXPECT_EQ(body, text);
  }
  ASSERT_EQ(RunCli({"send", "a@b", "--", "--json"}).exit_code, 0);
  EXPECT_EQ(body, "--json");
}

TEST_F(CommandsTest, SendRefusesTooMuchStandardInput) {
  const RunResult result = RunCli({"send", "a@b", "-"}, std::string(65'538, 'x'));
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.error, HasSubstr("65,536"));
}

TEST_F(CommandsTest, CallsAgainWithTheSameRequestIdWhenTheServiceIsAway) {
  std::vector<std::string> ids;
  chat_.send = [&](auto&, const auto& request, auto& response) {
    ids.push_back(request.request_id());
    if (ids.size() == 1) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection reset");
    if (ids.size() == 2) {
      return Failure(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "stopping");
    }
    response.set_message_id("m1");
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"send", "a@b", "hi"}).exit_code, 0);
  ASSERT_EQ(ids.size(), 3U);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(ids[1], ids[2]);
}

TEST_F(CommandsTest, TakesAnUnavailableAnswerAsAnAnswer) {
  std::atomic<int> calls = 0;
  accounts_.login = [&](auto&, const auto&, auto&) {
    ++calls;
    return Failure(absl::StatusCode::kUnavailable, "SERVER_UNREACHABLE", "no such host");
  };
  const RunResult result = RunCli({"login", "a@b", "--password-stdin", "--json"}, "x\n");
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_EQ(ErrorOf(result)["reason"], "SERVER_UNREACHABLE");
  EXPECT_EQ(calls, 1);
}

TEST_F(CommandsTest, SendWithoutAcknowledgementEndsWith7) {
  google::protobuf::Duration wait;
  chat_.send = [&](auto&, const auto& request, auto&) {
    wait = request.wait_timeout();
    EXPECT_EQ(request.wait_for(), xmpp::v1::DELIVERY_STAGE_SERVER_ACK);
    return Failure(absl::StatusCode::kDeadlineExceeded, "NO_ACK", "not acknowledged in time");
  };
  const RunResult result =
      RunCli({"send", "a@b", "hi", "--wait", "ack", "--timeout", "1500ms", "--json"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(ErrorOf(result)["reason"], "NO_ACK");
  EXPECT_EQ(wait.seconds(), 1);
  EXPECT_EQ(wait.nanos(), 500'000'000);
  EXPECT_THAT(result.out, IsEmpty());
}

TEST_F(CommandsTest, SetWithoutConfirmationEndsWith7) {
  checkboxes_.set = [](auto& context, const auto& request, auto&) {
    EXPECT_EQ(TokenOf(context), "Bearer mqtt-secret");
    EXPECT_EQ(request.action(), mqtt::v1::CHECKBOX_ACTION_ON);
    EXPECT_EQ(request.wait_for(), mqtt::v1::CONFIRMATION_STAGE_CONFIRMED);
    return Failure(absl::StatusCode::kDeadlineExceeded, "NOT_CONFIRMED", "the device is silent");
  };
  const RunResult result = RunCli({"checkbox", "set", "lamp", "on", "--wait"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_EQ(result.error, "chatwire: the device is silent\n");
}

TEST_F(CommandsTest, ToggleAsksForAToggle) {
  checkboxes_.set = [](auto&, const auto& request, auto& response) {
    EXPECT_EQ(request.action(), mqtt::v1::CHECKBOX_ACTION_TOGGLE);
    EXPECT_EQ(request.expected_version(), 4);
    response.mutable_checkbox()->set_name(request.name());
    return grpc::Status::OK;
  };
  const RunResult result =
      RunCli({"checkbox", "toggle", "lamp", "--expected-version", "4", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.error;
  EXPECT_EQ(Json::parse(result.out)["checkbox"]["name"], "lamp");
}

TEST_F(CommandsTest, PassesTheMetadataOfAnErrorOn) {
  checkboxes_.get = [](auto&, const auto&, auto&) {
    return Failure(absl::StatusCode::kNotFound, "CHECKBOX_NOT_FOUND", "no checkbox lmap");
  };
  const RunResult result = RunCli({"checkbox", "get", "lmap", "--json"});
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_EQ(ErrorOf(result)["reason"], "CHECKBOX_NOT_FOUND");
}

TEST_F(CommandsTest, CreateAndDeleteSendWhatWasTyped) {
  checkboxes_.create = [](auto&, const auto& request, auto& response) {
    EXPECT_EQ(request.title(), "Hall");
    EXPECT_TRUE(request.virtual_device());
    EXPECT_EQ(request.request_id().size(), 36U);
    response.mutable_checkbox()->set_name(request.name());
    return grpc::Status::OK;
  };
  checkboxes_.remove = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  EXPECT_EQ(RunCli({"checkbox", "create", "lamp", "--title", "Hall", "--virtual"}).out,
            "created lamp\n");
  EXPECT_EQ(RunCli({"checkbox", "delete", "lamp"}).out, "deleted lamp\n");
}

TEST_F(CommandsTest, CreateBindsADevice) {
  checkboxes_.create = [](auto&, const auto& request, auto& response) {
    EXPECT_EQ(request.device().preset(), mqtt::v1::DEVICE_PRESET_ZIGBEE2MQTT);
    EXPECT_EQ(request.device().topic(), "plug");
    EXPECT_EQ(request.device().qos(), mqtt::v1::QUALITY_OF_SERVICE_AT_MOST_ONCE);
    response.mutable_checkbox()->set_name(request.name());
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"checkbox", "create", "plug", "--preset", "zigbee2mqtt", "--topic", "plug",
                    "--qos", "0"})
                .out,
            "created plug\n");
  EXPECT_EQ(RunCli({"checkbox", "create", "plug", "--preset", "sonoff"}).exit_code, 2);
}

TEST_F(CommandsTest, ContactsAsksForTheNamedAccount) {
  roster_.list = [](auto&, const auto& request, auto& response) {
    EXPECT_EQ(request.account(), "bot@example.org");
    response.add_contacts()->set_jid("alice@example.org");
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"contacts", "--account", "bot@example.org"}).out,
            "alice@example.org\t\toffline\t\t\t\n");
}

TEST_F(CommandsTest, HealthTellsLifeFromReadiness) {
  server_->SetServing("chatwire.xmpp.v1", true);
  server_->SetServing("chatwire.mqtt.v1", false);
  const RunResult both = RunCli({"health", "--json"});
  EXPECT_EQ(both.exit_code, 6);
  std::istringstream lines(both.out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(Json::parse(line)["ready"], true);
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(Json::parse(line)["service"], "mqtt-service");
  EXPECT_EQ(Json::parse(line)["live"], true);
  EXPECT_EQ(Json::parse(line)["ready"], false);
  EXPECT_EQ(ErrorOf(both)["reason"], "NOT_SERVING");
  EXPECT_EQ(RunCli({"health", "xmpp"}).exit_code, 0);
}

TEST_F(CommandsTest, TellsAnotherProgramAtTheAddress) {
  const RunResult result = RunCli({"contacts", "--json"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(ErrorOf(result)["reason"], "WRONG_SERVICE");
}

TEST_F(CommandsTest, AReaderThatIsGoneIsNoError) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  const int error = open("/dev/null", O_WRONLY);
  EXPECT_EQ(RunCliWith({"version"}, {0, ends[1], error}), 0);
  close(ends[1]);
  close(error);
}

TEST_F(CommandsTest, AFullDiskIsAnError) {
  const int full = open("/dev/full", O_WRONLY);
  const int error = open("/dev/null", O_WRONLY);
  EXPECT_EQ(RunCliWith({"version"}, {0, full, error}), 1);
  close(full);
  close(error);
}

}  // namespace
}  // namespace chatwire::cli
