// `chatwire api` against a server that serves reflection.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

using ApiTest = CliServiceTest;

TEST_F(ApiTest, ListsTheMethodsOfTheServer) {
  const RunResult done = RunCli({"api", "list", "--service", "xmpp"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.out, HasSubstr("xmpp-service\tchatwire.xmpp.v1.RosterService/ListContacts\n"));
}

TEST_F(ApiTest, DescribesWithRequestAndResponse) {
  const RunResult done = RunCli({"api", "describe", "RosterService/ListContacts"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.out, HasSubstr("message ListContactsRequest {"));
  EXPECT_THAT(done.out, HasSubstr("repeated .chatwire.xmpp.v1.Contact contacts = 1;"));
}

TEST_F(ApiTest, CallsWithJsonOrStandardInput) {
  roster_.list = [](auto& context, const auto& request, auto& response) {
    EXPECT_EQ(TokenOf(context), "Bearer xmpp-secret");
    response.add_contacts()->set_jid("contact-of-" + request.account());
    return grpc::Status::OK;
  };
  const RunResult given =
      RunCli({"api", "call", "RosterService/ListContacts", R"({"account": "bot@example.org"})"});
  EXPECT_EQ(given.exit_code, 0) << given.error;
  EXPECT_EQ(Json::parse(given.out)["contacts"][0]["jid"], "contact-of-bot@example.org");
  EXPECT_EQ(RunCli({"api", "call", "chatwire.xmpp.v1.RosterService.ListContacts"},
                   R"({"account": "bot@example.org"})")
                .out,
            given.out);
}

TEST_F(ApiTest, PrintsAStreamLineByLine) {
  events_.watch = [](auto&, const auto&, auto& writer) {
    xmpp::v1::WatchEventsResponse response;
    for (int i = 1; i <= 2; ++i) {
      response.mutable_event()->set_sequence(i);
      writer.Write(response);
    }
    return Failure(absl::StatusCode::kOutOfRange, "TOKEN_TOO_OLD", "the past is gone");
  };
  const RunResult done = RunCli({"api", "call", "EventService/WatchEvents", "{}", "--json"});
  EXPECT_EQ(std::count(done.out.begin(), done.out.end(), '\n'), 2);
  EXPECT_EQ(Json::parse(done.error)["error"]["reason"], "TOKEN_TOO_OLD");
  EXPECT_EQ(done.exit_code, 1);
}

TEST_F(ApiTest, SaysWhatWasMeant) {
  const RunResult method = RunCli({"api", "call", "RosterService/ListContact", "{}"});
  EXPECT_EQ(method.exit_code, 4);
  EXPECT_THAT(method.error, HasSubstr("did you mean \"ListContacts\"?"));
  const RunResult service = RunCli({"api", "describe", "RoosterService"});
  EXPECT_EQ(service.exit_code, 4);
  EXPECT_THAT(service.error, HasSubstr("did you mean \"RosterService\"?"));
}

TEST_F(ApiTest, TheServerThatHasTheServiceTellsOfItsMethods) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  FakeCheckboxService checkboxes;
  const auto other = StartServer(options, {&checkboxes});
  ASSERT_TRUE(other.ok()) << other.status();
  setenv("CHATWIRE_MQTT_SERVER", (*other)->address().c_str(), 1);
  for (const char* const command : {"describe", "call"}) {
    const RunResult done = RunCli({"api", command, "RosterService/Nope"});
    EXPECT_EQ(done.exit_code, 4);
    EXPECT_THAT(done.error, HasSubstr("no method Nope of chatwire.xmpp.v1.RosterService"));
  }
}

TEST_F(ApiTest, AFullDiskEndsAStream) {
  events_.watch = [](auto&, const auto&, auto& writer) {
    xmpp::v1::WatchEventsResponse response;
    while (writer.Write(response)) {
    }
    return grpc::Status::OK;
  };
  const Streams streams{open("/dev/null", O_RDONLY), open("/dev/full", O_WRONLY),
                        open("/dev/null", O_WRONLY)};
  EXPECT_EQ(RunCliWith({"api", "call", "EventService/WatchEvents", "{}"}, streams), 1);
  for (const int fd : {streams.in, streams.out, streams.error}) close(fd);
}

TEST_F(ApiTest, SaysInOneLineWhatIsWrongWithJson) {
  const RunResult done = RunCli({"api", "call", "RosterService/ListContacts", "{bad"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, Not(HasSubstr("INVALID_ARGUMENT")));
  EXPECT_THAT(done.error, Not(HasSubstr("\\n")));
}

TEST_F(ApiTest, RefusesJsonThatDoesNotFitBeforeItCalls) {
  bool called = false;
  roster_.list = [&](auto&, const auto&, auto&) {
    called = true;
    return grpc::Status::OK;
  };
  const RunResult done =
      RunCli({"api", "call", "RosterService/ListContacts", R"({"acount": "x"})"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("acount"));
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace chatwire::cli
