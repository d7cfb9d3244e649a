// Streams: they resume by themselves, and they end when nobody wants them any more.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "absl/time/clock.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::json;
using xmpp::v1::WatchEventsResponse;

WatchEventsResponse EventNumber(int64_t sequence) {
  WatchEventsResponse response;
  response.mutable_event()->set_sequence(sequence);
  response.mutable_event()->mutable_message_received()->set_body("lamp on");
  response.set_resume_token("t" + std::to_string(sequence));
  return response;
}

std::vector<int> SequencesIn(const std::string& out) {
  std::vector<int> sequences;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    sequences.push_back(Json::parse(line)["sequence"]);
  }
  return sequences;
}

class WatchTest : public CliServiceTest {
 protected:
  /// A stream that sends one event and then stays open until the caller goes away.
  void SendOneThenStayOpen() {
    events_.watch = [this](auto& context, const auto&, auto& writer) {
      writer.Write(EventNumber(1));
      opened_.set_value();
      // The synchronous API has no other way to learn of a cancellation.
      while (!context.IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
      return grpc::Status::CANCELLED;
    };
  }

  std::promise<void> opened_;
};

TEST_F(WatchTest, GoesOnAfterTheLastEventWhenTheStreamBreaks) {
  std::vector<std::string> tokens;
  events_.watch = [&](auto&, const auto& request, auto& writer) {
    tokens.push_back(request.resume_token());
    if (tokens.size() == 1) {
      writer.Write(EventNumber(1));
      writer.Write(EventNumber(2));
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection reset");
    }
    // At least once: the last one comes again.
    writer.Write(EventNumber(2));
    writer.Write(EventNumber(3));
    return Failure(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED", "gone");
  };
  const RunResult result = RunCli({"watch", "--json"});
  EXPECT_THAT(tokens, ElementsAre("", "t2"));
  EXPECT_THAT(SequencesIn(result.out), ElementsAre(1, 2, 3));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.error, HasSubstr("\"notice\""));
  EXPECT_THAT(result.error, HasSubstr("RESUME_TOKEN_EXPIRED"));
}

TEST_F(WatchTest, AServerThatStopsIsWaitedFor) {
  int calls = 0;
  events_.watch = [&](auto&, const auto&, auto& writer) {
    ++calls;
    writer.Write(EventNumber(calls));
    if (calls == 1) return grpc::Status::CANCELLED;
    if (calls == 2) return Failure(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "stopping");
    return Failure(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED", "gone");
  };
  EXPECT_THAT(SequencesIn(RunCli({"watch", "--json"}).out), ElementsAre(1, 2, 3));
}

TEST_F(WatchTest, EndsWithTheStreamWhenToldSo) {
  events_.watch = [](auto&, const auto&, auto& writer) {
    writer.Write(EventNumber(1));
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection reset");
  };
  const RunResult result = RunCli({"watch", "--json", "--no-reconnect"});
  EXPECT_THAT(SequencesIn(result.out), ElementsAre(1));
  EXPECT_EQ(result.exit_code, 6);
}

TEST_F(WatchTest, PassesTheFilterAndTheToken) {
  xmpp::v1::WatchEventsRequest seen;
  events_.watch = [&](auto&, const auto& request, auto&) {
    seen = request;
    return Failure(absl::StatusCode::kInvalidArgument, "BAD_RESUME_TOKEN", "not ours");
  };
  const RunResult result =
      RunCli({"watch", "--resume", "t9", "--kinds", "message_received,message-sent"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(seen.resume_token(), "t9");
  EXPECT_THAT(seen.kinds(), ElementsAre(xmpp::v1::EVENT_KIND_MESSAGE_RECEIVED,
                                        xmpp::v1::EVENT_KIND_MESSAGE_SENT));
}

TEST_F(WatchTest, EndsQuietlyAtOnceWhenItsReaderGoes) {
  SendOneThenStayOpen();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int error = open(WriteFile("error", "").c_str(), O_RDWR);
  auto run = std::async(std::launch::async,
                        [&] { return RunCliWith({"watch", "--json"}, {0, ends[1], error}); });
  // The first line is there while the stream is still open.
  char first = 0;
  ASSERT_EQ(read(ends[0], &first, 1), 1);
  EXPECT_EQ(first, '{');
  close(ends[0]);
  ASSERT_EQ(run.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  EXPECT_EQ(run.get(), 0);
  EXPECT_EQ(lseek(error, 0, SEEK_END), 0) << "nothing on standard error";
  close(ends[1]);
  close(error);
}

TEST_F(WatchTest, CtrlCEndsItWith130) {
  SendOneThenStayOpen();
  std::thread person([this] {
    opened_.get_future().wait();
    kill(getpid(), SIGINT);
  });
  const RunResult result = RunCli({"watch", "--json"});
  person.join();
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_EQ(result.error, "");
}

TEST_F(WatchTest, GivesUpWhenTheFirstConnectionDoesNotComeAbout) {
  const RunResult result = RunCli({"watch", "--server", "127.0.0.1:1", "--timeout", "300ms"});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.error, HasSubstr("start chatwire-xmppd"));
}

TEST_F(WatchTest, ShowsMessagesOnOneHarmlessLine) {
  events_.watch = [](auto&, const auto&, auto& writer) {
    auto response = EventNumber(1);
    response.mutable_event()->set_account("bot@example.org");
    response.mutable_event()->mutable_create_time()->set_seconds(1);
    response.mutable_event()->mutable_message_received()->set_from("eve@example.org/x");
    response.mutable_event()->mutable_message_received()->set_body("hi\n\x1b[2J");
    writer.Write(response);
    return Failure(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED", "gone");
  };
  EXPECT_EQ(RunCli({"watch"}).out,
            "1970-01-01 00:00:01  bot@example.org  eve@example.org/x: hi\\n\\u{1b}[2J\n");
}

TEST_F(WatchTest, CheckboxWatchPrintsStatesAndRemovals) {
  checkboxes_.watch = [](auto&, const auto& request, auto& writer) {
    EXPECT_THAT(request.names(), ElementsAre("lamp", "fan"));
    mqtt::v1::WatchCheckboxesResponse response;
    response.mutable_checkbox()->set_name("lamp");
    response.set_resume_token("c1");
    writer.Write(response);
    response.set_deleted_name("fan");
    response.set_resume_token("c2");
    writer.Write(response);
    return Failure(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED", "gone");
  };
  const RunResult result = RunCli({"checkbox", "watch", "lamp", "fan", "--json"});
  std::istringstream lines(result.out);
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(Json::parse(line)["name"], "lamp");
  EXPECT_EQ(Json::parse(line)["deleted"], false);
  EXPECT_EQ(Json::parse(line)["resume_token"], "c1");
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(line, R"({"name":"fan","deleted":true,"resume_token":"c2"})");
}

}  // namespace
}  // namespace chatwire::cli
