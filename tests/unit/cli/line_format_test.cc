// --format and --fields: what is printed of each object, and what is told before anything is done.
#include "cli/format/line_format.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/status/status_matchers.h"
#include "cli/command_list.h"
#include "cli/errors.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::absl_testing::IsOk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::ordered_json;

std::string Formatted(const std::string& format, const Json& object) {
  const auto parsed = LineFormat::Parse(format, "");
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? parsed->LineOf(object) : "";
}

TEST(LineFormatTest, ATemplateNamesFieldsAlsoNestedOnes) {
  const Json object = {{"from", "a@b"},
                       {"connection", {{"state", "online"}}},
                       {"groups", {"tea", "cake"}},
                       {"count", 3}};
  EXPECT_EQ(Formatted("{from}: {connection.state}", object), "a@b: online");
  EXPECT_EQ(Formatted("{groups} {groups.1} {count}{missing.one}", object), "tea,cake cake 3");
}

TEST(LineFormatTest, HasEscapesForWhatItCannotHold) {
  EXPECT_EQ(Formatted(R"({{{a}}}\t{a}\n\\t)", {{"a", 1}}), "{1}\t1\n\\t");
}

TEST(LineFormatTest, WhatOthersWroteCannotMakeALineOrAColumn) {
  const Json object = {{"body", "a\tb\nc\x1b[2J"}, {"from", "x"}};
  EXPECT_EQ(Formatted("tsv:from,body", object), "x\ta\\tb\\nc\\u{1b}[2J");
}

TEST(LineFormatTest, AListIsPartedByTabsOrIsCsv) {
  const Json object = {{"a", "x,y"}, {"b", "say \"hi\""}, {"c", nullptr}};
  EXPECT_EQ(Formatted("tsv:a,c,b", object), "x,y\t\tsay \"hi\"");
  EXPECT_EQ(Formatted("csv:a,b,c", object), "\"x,y\",\"say \"\"hi\"\"\",");
}

TEST(LineFormatTest, FieldsOfAnEventNeedNotNameItsKind) {
  const Json object = {{"kind", "message_received"},
                       {"account", "bot@b"},
                       {"message_received", {{"from", "a@b"}, {"account", "other"}}}};
  EXPECT_EQ(Formatted("{from} {account} {message_received.from}", object), "a@b bot@b a@b");
  EXPECT_EQ(Formatted("{kind}{from}", {{"kind", "set"}}), "set");
}

TEST(LineFormatTest, RefusesBracesWithoutTheirPartners) {
  for (const char* const wrong : {"{from", "from}", "{}", "tsv:a,,b", "csv:"}) {
    EXPECT_FALSE(LineFormat::Parse(wrong, "").ok()) << wrong;
  }
}

TEST(JsonShapeTest, KnowsTheFieldsOfTheContractAtEveryDepth) {
  const JsonShape account{"xmpp.v1.Account", {{"token_file", ""}}};
  for (const char* const good : {"account", "connection", "connection.state",
                                 "connection.failure.reason", "token_file", "create_time"}) {
    EXPECT_THAT(CheckPath(account, good), IsOk()) << good;
  }
  EXPECT_THAT(std::string(CheckPath(account, "connection.sate").message()),
              HasSubstr("did you mean \"state\"?"));
  EXPECT_THAT(std::string(CheckPath(account, "xyz").message()), HasSubstr("fields are account"));
}

TEST(JsonShapeTest, ListsTakeNumbersStarsAndNames) {
  const JsonShape contact{"xmpp.v1.Contact"};
  for (const char* const good :
       {"groups", "groups.0", "resources.0.presence.status", "resources.*.presence.status"}) {
    EXPECT_THAT(CheckPath(contact, good), IsOk()) << good;
  }
  EXPECT_FALSE(CheckPath(contact, "resources.0.presense").ok());
}

TEST(JsonShapeTest, AnythingGoesWhereNothingIsKnown) {
  EXPECT_THAT(CheckPath({}, "what.ever"), IsOk());
}

TEST(JsonShapeTest, EveryCommandNamesMessagesOfTheContracts) {
  std::vector<CommandGroup> groups;
  groups.push_back(RootCommands());
  for (const GroupEntry& entry : Groups()) groups.push_back(entry.make());
  const auto* const pool = google::protobuf::DescriptorPool::generated_pool();
  for (const CommandGroup& group : groups) {
    for (const auto& command : group.commands) {
      CLI::App app;
      const CLI::App* const added = command->AddTo(app);
      JsonShape shape = command->Shape();
      shape.fields.emplace_back("the message", shape.message);
      for (const auto& [name, message] : shape.fields) {
        EXPECT_TRUE(message.empty() ||
                    pool->FindMessageTypeByName("chatwire." + message) != nullptr)
            << added->get_name() << ": " << message;
      }
    }
  }
}

class FormatTest : public CliServiceTest {
 protected:
  FormatTest() {
    accounts_.list = [](auto&, const auto&, auto& response) {
      auto& account = *response.add_accounts();
      account.set_account("bot@example.org");
      account.mutable_connection()->set_state(xmpp::v1::CONNECTION_STATE_ONLINE);
      return grpc::Status::OK;
    };
  }
};

TEST_F(FormatTest, FormsTheAnswerOfACommand) {
  EXPECT_EQ(RunCli({"accounts", "--format", "{account} is {connection.state}"}).out,
            "bot@example.org is online\n");
  EXPECT_EQ(RunCli({"accounts", "--fields", "connection.state,account"}).out,
            "online\tbot@example.org\n");
}

TEST_F(FormatTest, AMisspeltFieldIsToldBeforeAnythingIsDone) {
  int calls = 0;
  chat_.send = [&](auto&, const auto&, auto&) {
    ++calls;
    return grpc::Status::OK;
  };
  const RunResult done = RunCli({"send", "a@b", "hi", "--format", "{mesage_id}"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("did you mean \"message_id\"?"));
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_EQ(calls, 0);
}

TEST_F(FormatTest, WorksForDeclaredCommandsAndStreams) {
  roster_.list = [](auto&, const auto&, auto& response) {
    response.add_contacts()->set_jid("alice@example.org");
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunCli({"contacts", "--fields", "jid"}).out, "alice@example.org\n");
  EXPECT_EQ(RunCli({"contacts", "--fields", "jdi"}).exit_code, 2);
  events_.watch = [](auto&, const auto&, auto& writer) {
    xmpp::v1::WatchEventsResponse response;
    response.mutable_event()->set_sequence(1);
    response.mutable_event()->mutable_message_received()->set_body("hello");
    writer.Write(response);
    return grpc::Status(grpc::StatusCode::ABORTED, "the test's end");
  };
  EXPECT_EQ(RunCli({"listen", "--count", "1", "--format", "{kind}: {body}"}).out,
            "message_received: hello\n");
  EXPECT_EQ(RunCli({"listen", "--count", "1", "--format", "{bdy}"}).exit_code, 2);
}

TEST_F(FormatTest, OneOfTheTwoIsGivenAndErrorsStayWhatTheyWere) {
  EXPECT_EQ(RunCli({"accounts", "--format", "{account}", "--fields", "account"}).exit_code, 2);
  EXPECT_THAT(RunCli({"accounts", "--format", "{acount}", "--json"}).error,
              HasSubstr("{\"error\":{"));
}

}  // namespace
}  // namespace chatwire::cli
