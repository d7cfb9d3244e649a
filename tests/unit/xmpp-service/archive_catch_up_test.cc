#include "xmpp-service/domain/archive_catch_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/unit/xmpp-service/fake_ports.h"
#include "tests/unit/xmpp-service/manual_executor.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBot[] = "bot@example.org";

class ArchiveCatchUpTest : public ::testing::Test {
 protected:
  static IncomingMessage Archived(const std::string& archive_id) {
    IncomingMessage message;
    message.from = "alice@example.org/phone";
    message.to = kBot;
    message.body = "text " + archive_id;
    message.archive_id = archive_id;
    message.source = MessageSource::kArchive;
    return message;
  }

  static IncomingMessage Live(const std::string& archive_id) {
    IncomingMessage message = Archived(archive_id);
    message.source = MessageSource::kLive;
    return message;
  }

  static ArchivePage Page(const std::vector<std::string>& ids, bool complete) {
    ArchivePage page;
    for (const std::string& id : ids) page.messages.push_back(Archived(id));
    page.complete = complete;
    return page;
  }

  absl::StatusOr<bool> Run() {
    absl::StatusOr<bool> result = absl::UnknownError("not finished");
    catch_up_.Run(&session_, Completion<bool>([&](auto finished) { result = finished; }));
    executor_.Run();
    return result;
  }

  std::vector<std::string> RecordedIds() const {
    std::vector<std::string> ids;
    for (const Arrival& arrival : log_.recorded) ids.push_back(arrival.archive_id);
    return ids;
  }

  IncomingPipeline::Host Host() {
    IncomingPipeline::Host host;
    host.is_contact = [](const std::string&) { return true; };
    host.on_delivery = [](const std::string&, DeliveryStage) {};
    host.on_overflow = [this] { ++overflows_; };
    return host;
  }

  FakeClock clock_;
  ManualExecutor executor_;
  FakeEventLog log_;
  FakeOutbox outbox_;
  FakeSession session_;
  int overflows_ = 0;
  IncomingPipeline pipeline_{kBot, log_, outbox_, clock_, executor_, Host()};
  ArchiveCatchUp catch_up_{kBot, log_, pipeline_, clock_, executor_};
};

TEST_F(ArchiveCatchUpTest, TheFirstLoginOnlyRemembersWhereTheArchiveEnds) {
  session_.pages = {Page({"41"}, false)};

  ASSERT_TRUE(*Run());

  EXPECT_EQ(log_.mark->archive_id, "41");
  EXPECT_TRUE(session_.queries[0].newest);
  EXPECT_THAT(RecordedIds(), IsEmpty());
}

TEST_F(ArchiveCatchUpTest, PagesAreFetchedFromTheMarkToTheEnd) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({"4", "5"}, false), Page({"6"}, true)};

  ASSERT_TRUE(*Run());

  EXPECT_THAT(RecordedIds(), ElementsAre("4", "5", "6"));
  EXPECT_EQ(session_.queries[0].after, "3");
  EXPECT_EQ(session_.queries[1].after, "5");
}

TEST_F(ArchiveCatchUpTest, AnEmptyPageEndsItWhereNothingIsNewerThanTheMark) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({}, true), Page({"3"}, false)};

  EXPECT_TRUE(*Run());

  EXPECT_EQ(session_.queries.size(), 2U);
  EXPECT_TRUE(session_.queries[1].newest);
  EXPECT_THAT(RecordedIds(), IsEmpty());
}

TEST_F(ArchiveCatchUpTest, AnEmptyPageBehindAPlaceThatHasExpiredIsNotBelieved) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({}, true), Page({"9"}, false), Page({"8", "9"}, true)};

  EXPECT_TRUE(*Run());

  EXPECT_EQ(session_.queries[2].after, "");
  EXPECT_LT(*session_.queries[2].start, clock_.Now());
  EXPECT_THAT(RecordedIds(), ElementsAre("8", "9"));
}

TEST_F(ArchiveCatchUpTest, AnArchiveThatIsEmptyHasNothingToFetch) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({}, true), Page({}, true)};

  EXPECT_TRUE(*Run());
  EXPECT_EQ(session_.queries.size(), 2U);
}

TEST_F(ArchiveCatchUpTest, AnEmptyPageAfterOthersEndsIt) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({"4"}, false), Page({}, true)};

  EXPECT_TRUE(*Run());

  EXPECT_EQ(session_.queries.size(), 2U);
  EXPECT_THAT(RecordedIds(), ElementsAre("4"));
}

TEST_F(ArchiveCatchUpTest, AServerThatRepeatsItsPageDoesNotKeepItForEver) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {Page({"4"}, false), Page({"4"}, false)};

  EXPECT_TRUE(*Run());
}

TEST_F(ArchiveCatchUpTest, WhenThePlaceIsLostTimeHelps) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  session_.pages = {absl::NotFoundError("item-not-found"), Page({"9"}, true)};

  ASSERT_TRUE(*Run());

  EXPECT_EQ(session_.queries[1].after, "");
  EXPECT_LT(*session_.queries[1].start, clock_.Now());
  EXPECT_THAT(RecordedIds(), ElementsAre("9"));
}

TEST_F(ArchiveCatchUpTest, AServerWithoutArchiveIsNoError) {
  session_.pages = {absl::UnimplementedError("service-unavailable")};

  EXPECT_FALSE(*Run());
}

TEST_F(ArchiveCatchUpTest, AnErrorOfTheJournalIsNotTakenForSuccess) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  log_.record_status = absl::ResourceExhaustedError("disk full");
  session_.pages = {Page({"4"}, true)};

  EXPECT_EQ(Run().status().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(ArchiveCatchUpTest, LiveMessagesWaitForItAndComeAfter) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  pipeline_.Hold();
  pipeline_.OnLive(Live("6"));
  session_.pages = {Page({"4", "5"}, true)};

  ASSERT_TRUE(*Run());
  EXPECT_THAT(RecordedIds(), ElementsAre("4", "5"));
  pipeline_.Release(/*trust_archive_ids=*/true);

  EXPECT_THAT(RecordedIds(), ElementsAre("4", "5", "6"));
}

TEST_F(ArchiveCatchUpTest, TooManyWaitingMessagesAreLeftToTheArchive) {
  pipeline_.Hold();
  for (size_t i = 0; i <= IncomingPipeline::kMaximumWaiting + 5; ++i) {
    pipeline_.OnLive(Live(std::to_string(i)));
  }

  EXPECT_EQ(overflows_, 1);
  pipeline_.Release(true);
  EXPECT_EQ(log_.recorded.size(), IncomingPipeline::kMaximumWaiting);
}

TEST_F(ArchiveCatchUpTest, AMessageThatCannotBeJournalledIsTriedAgain) {
  pipeline_.Release(true);
  log_.record_status = absl::ResourceExhaustedError("disk full");
  pipeline_.OnLive(Live("6"));
  executor_.Run();
  EXPECT_THAT(RecordedIds(), IsEmpty());

  log_.record_status = absl::OkStatus();
  executor_.Advance(absl::Seconds(1));

  EXPECT_THAT(RecordedIds(), ElementsAre("6"));
}

TEST_F(ArchiveCatchUpTest, ACancelledRunTellsNothingLater) {
  log_.mark = ArchiveMark{"3", clock_.Now()};
  int finished = 0;
  absl::StatusOr<bool> result = false;
  catch_up_.Run(&session_, Completion<bool>([&](auto end) {
    ++finished;
    result = end;
  }));
  executor_.Run();

  catch_up_.Cancel();
  session_.pending_query(Page({"4"}, true));
  executor_.Run();

  EXPECT_EQ(finished, 1);
  EXPECT_TRUE(absl::IsCancelled(result.status()));
  EXPECT_THAT(RecordedIds(), IsEmpty());
}

}  // namespace
}  // namespace chatwire::xmpp
