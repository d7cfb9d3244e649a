// Listings that come in several pages: all of them, and what a person sees meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "chatwire/mqtt/v1/checkbox_group_service.pb.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "tests/unit/cli/any_service.h"
#include "tests/unit/cli/cli_fixture.h"
#include "tests/unit/cli/person.h"

namespace chatwire::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ListingTest : public CliTest {
 protected:
  ListingTest() {
    setenv("CHATWIRE_SERVER", any_.address().c_str(), 1);
    setenv("CHATWIRE_MQTT_SERVER", any_.address().c_str(), 1);
    setenv("CHATWIRE_TOKEN_FILE", WriteFile("xmpp.token", "xmpp-secret\n").c_str(), 1);
    setenv("CHATWIRE_MQTT_TOKEN_FILE", WriteFile("mqtt.token", "mqtt-secret\n").c_str(), 1);
  }

  /// The archive answers with a page of two messages of @p total, and one of the last one.
  void AnswerTwoPages(int64_t total) {
    xmpp::v1::FetchArchiveResponse page;
    page.add_messages()->set_body("three");
    page.add_messages()->set_body("two");
    page.set_next_page_token("second");
    if (total > 0) page.set_total_count(total);
    any_.Answer(page);
    page.Clear();
    page.add_messages()->set_body("one");
    any_.Answer(page);
  }

  xmpp::v1::FetchArchiveRequest Asked(size_t call) {
    xmpp::v1::FetchArchiveRequest request;
    EXPECT_TRUE(request.ParseFromString(any_.asked().at(call).bytes));
    return request;
  }

  /// Runs it with the person at standard error, and standard output elsewhere.
  void Run(const std::vector<std::string>& arguments, int out) {
    const int in = memfd_create("in", 0);
    EXPECT_EQ(RunCliWith(arguments, {in, out, person_.terminal()}), 0) << person_.Seen();
    close(in);
  }

  void RunIntoFile(const std::vector<std::string>& arguments) {
    const int out = memfd_create("out", 0);
    Run(arguments, out);
    close(out);
  }

  AnyService any_;
  Person person_;
};

TEST_F(ListingTest, CountsTheRowsOutOfThoseThatThereAre) {
  AnswerTwoPages(3);
  RunIntoFile({"archive", "fetch", "--all"});
  EXPECT_EQ(person_.Seen(),
            "\r\x1b[Kfetching [####################..........] 2 of 3 messages"
            "\r\x1b[K");
}

TEST_F(ListingTest, CountsTheRowsOutOfThoseThatAreWanted) {
  AnswerTwoPages(1'000);
  RunIntoFile({"archive", "fetch", "--limit", "4"});
  EXPECT_THAT(person_.Seen(), HasSubstr("fetching [###############...............] 2 of 4 mess"));
}

TEST_F(ListingTest, CountsTheRowsWhereNobodyKnowsHowManyThereAre) {
  AnswerTwoPages(0);
  RunIntoFile({"archive", "fetch", "--all"});
  EXPECT_EQ(person_.Seen(), "\r\x1b[Kfetching 2 messages\r\x1b[K");
}

TEST_F(ListingTest, IsSilentWhereTheFirstPageIsTheLast) {
  AnswerTwoPages(3);
  RunIntoFile({"archive", "fetch", "--limit", "2"});
  EXPECT_THAT(any_.asked(), SizeIs(1));
  EXPECT_THAT(person_.Seen(), IsEmpty());
}

TEST_F(ListingTest, DoesNotMixTheBarWithTheTable) {
  AnswerTwoPages(3);
  Run({"archive", "fetch", "--all"}, person_.terminal());
  EXPECT_THAT(person_.Seen(), HasSubstr("2 of 3 messages\r\x1b[K"));
  EXPECT_THAT(person_.Seen(), EndsWith("three\r\n"));
}

TEST_F(ListingTest, DoesNotMixTheBarWithRowsThatComeMeanwhile) {
  AnswerTwoPages(3);
  Run({"archive", "fetch", "--all", "--oldest-first", "--json"}, person_.terminal());
  EXPECT_THAT(person_.Seen(), HasSubstr("\"body\":\"one\""));
  EXPECT_THAT(person_.Seen(), ::testing::Not(HasSubstr("fetching")));
  AnswerTwoPages(3);
  std::array<int, 2> ends = {};
  ASSERT_EQ(pipe(ends.data()), 0);
  Run({"archive", "fetch", "--all", "--oldest-first", "--json"}, ends[1]);
  EXPECT_THAT(person_.Seen(), ::testing::Not(HasSubstr("fetching")));
  AnswerTwoPages(3);
  RunIntoFile({"archive", "fetch", "--all", "--oldest-first", "--json"});
  EXPECT_THAT(person_.Seen(), HasSubstr("2 of 3 messages"));
  close(ends[0]);
  close(ends[1]);
}

TEST_F(ListingTest, GoesOnAfterAPageAsLongAsTheLimitWantsMore) {
  AnswerTwoPages(0);
  const RunResult done = RunCli({"archive", "fetch", "--limit", "700"});
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_THAT(done.error, IsEmpty());
  ASSERT_THAT(any_.asked(), SizeIs(2));
  EXPECT_EQ(Asked(0).page_size(), 500);
  EXPECT_EQ(Asked(1).page_size(), 500);
  EXPECT_EQ(Asked(1).page_token(), "second");
  EXPECT_LT(done.out.find("one"), done.out.find("two"));
  EXPECT_LT(done.out.find("two"), done.out.find("three"));
}

TEST_F(ListingTest, AllIsMoreThanTheNewestFifty) {
  AnswerTwoPages(0);
  RunCli({"archive", "fetch"});
  EXPECT_EQ(Asked(0).page_size(), 50);
  AnswerTwoPages(0);
  RunCli({"archive", "fetch", "--all"});
  EXPECT_EQ(Asked(2).page_size(), 500);
  EXPECT_EQ(RunCli({"archive", "fetch", "--all", "--limit", "2"}).exit_code, 2);
}

TEST_F(ListingTest, ADocumentEndsAtTheLimitToo) {
  mqtt::v1::ExportCheckboxesResponse page;
  page.set_document("{}\n{}\n");
  page.set_next_page_token("second");
  any_.Answer(page);
  EXPECT_EQ(RunCli({"checkbox", "export", "--limit", "2"}).out, "{}\n{}\n");
}

using ListingOfServiceTest = CliServiceTest;

TEST_F(ListingOfServiceTest, CtrlCLeavesNoBarBehind) {
  roster_.list = [](auto& context, const auto& request, auto& response) {
    response.add_contacts()->set_jid("alice@example.org");
    response.set_next_page_token("second");
    if (request.page_token().empty()) return grpc::Status::OK;
    kill(getpid(), SIGINT);
    // The synchronous API has no other way to learn of a cancellation.
    while (!context.IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
    return grpc::Status::CANCELLED;
  };
  Person person;
  const int out = memfd_create("out", 0);
  EXPECT_EQ(RunCliWith({"contacts"}, {out, out, person.terminal()}), 130);
  EXPECT_THAT(person.Seen(), EndsWith("fetching 1 contacts\r\x1b[K"));
  EXPECT_EQ(lseek(out, 0, SEEK_END), 0);
  close(out);
}

TEST_F(ListingOfServiceTest, CheckboxListCountsToo) {
  checkboxes_.list = [](auto&, const auto& request, auto& response) {
    response.add_checkboxes()->set_name(request.page_token().empty() ? "fan" : "lamp");
    if (request.page_token().empty()) response.set_next_page_token("second");
    return grpc::Status::OK;
  };
  Person person;
  const int out = memfd_create("out", 0);
  EXPECT_EQ(RunCliWith({"checkbox", "list"}, {out, out, person.terminal()}), 0);
  EXPECT_EQ(person.Seen(), "\r\x1b[Kfetching 1 checkboxes\r\x1b[K");
  close(out);
}

}  // namespace
}  // namespace chatwire::cli
