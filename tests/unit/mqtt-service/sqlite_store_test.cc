// One transaction is all or nothing, and what it committed is there after a crash.
#include "mqtt-service/store/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/sqlite/database.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SqliteStoreTest : public ::testing::Test {
 protected:
  void Open() {
    store_.reset();
    auto store = SqliteStore::Open(path_);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  void SetUp() override { Open(); }

  absl::Status Do(const std::function<void(Transaction&)>& work) {
    return store_->Write([&](Transaction& transaction) {
      work(transaction);
      return absl::OkStatus();
    });
  }

  static Checkbox Named(const std::string& name) {
    Checkbox checkbox;
    checkbox.name = name;
    checkbox.title = "T";
    checkbox.create_time = absl::FromUnixSeconds(5);
    return checkbox;
  }

  TemporaryDirectory folder_;
  std::string path_ = folder_.Path("mqtt.db");
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(SqliteStoreTest, KeepsACheckboxAsItIs) {
  Checkbox lamp = Named("lamp");
  lamp.virtual_device = true;
  lamp.desired = SwitchState::kOn;
  lamp.reported = SwitchState::kOff;
  lamp.version = 7;
  lamp.availability = Availability::kOffline;
  lamp.last_change = {ChangeSource::kChat, "alice@example.org", absl::FromUnixSeconds(6)};
  lamp.pending_command = "c";
  ASSERT_TRUE(Do([&](Transaction& t) { t.checkboxes().Put(lamp); }).ok());
  Open();
  ASSERT_TRUE(Do([&](Transaction& t) {
                const auto found = t.checkboxes().Find("lamp");
                ASSERT_TRUE(found.has_value());
                EXPECT_EQ(found->title, "T");
                EXPECT_TRUE(found->virtual_device);
                EXPECT_EQ(found->desired, SwitchState::kOn);
                EXPECT_EQ(found->reported, SwitchState::kOff);
                EXPECT_EQ(found->version, 7);
                EXPECT_EQ(found->availability, Availability::kOffline);
                EXPECT_EQ(found->last_change.actor, "alice@example.org");
                EXPECT_EQ(found->report_time, absl::InfinitePast());
                EXPECT_EQ(found->pending_command, "c");
                EXPECT_EQ(found->create_time, absl::FromUnixSeconds(5));
              }).ok());
}

TEST_F(SqliteStoreTest, AFailedTransactionLeavesNothing) {
  const absl::Status status = store_->Write([&](Transaction& t) {
    t.checkboxes().Put(Named("lamp"));
    t.chat().SetFeedToken("new");
    t.outbox().Add({});
    t.chat().AddReply({0, "r", "a", "b", "c"});
    return absl::AbortedError("no");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  ASSERT_TRUE(Do([](Transaction& t) {
                EXPECT_FALSE(t.checkboxes().Find("lamp").has_value());
                EXPECT_EQ(t.chat().FeedToken(), "");
                EXPECT_EQ(t.outbox().Count(), 0);
                EXPECT_EQ(t.chat().OwedCount(), 0);
              }).ok());
}

TEST_F(SqliteStoreTest, ADatabaseErrorInTheMiddleUndoesAll) {
  Command command;
  command.id = "c";
  const absl::Status status = Do([&](Transaction& t) {
    t.chat().SetFeedToken("new");
    t.commands().Add(command);
    // The same id again breaks the table's constraint; nobody asks for the result.
    t.commands().Add(command);
    t.chat().SetFeedToken("newer");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  ASSERT_TRUE(Do([](Transaction& t) {
                EXPECT_EQ(t.chat().FeedToken(), "");
                EXPECT_FALSE(t.commands().Find("c").has_value());
              }).ok());
}

TEST_F(SqliteStoreTest, TheIdStaysTheSame) {
  const std::string id = store_->id();
  EXPECT_FALSE(id.empty());
  Open();
  EXPECT_EQ(store_->id(), id);
}

TEST_F(SqliteStoreTest, ChangesHaveAnOrder) {
  ASSERT_TRUE(Do([](Transaction& t) {
                t.checkboxes().Put(Named("a"));
                t.checkboxes().Put(Named("b"));
                t.checkboxes().Put(Named("a"));
              }).ok());
  ASSERT_TRUE(Do([](Transaction& t) {
                const auto all = t.checkboxes().ChangedSince(0, 10);
                ASSERT_EQ(all.size(), 2u);
                EXPECT_EQ(all[0].name, "b");
                EXPECT_EQ(all[1].name, "a");
                EXPECT_EQ(t.checkboxes().LastSequence(), 3);
                EXPECT_EQ(t.checkboxes().ChangedSince(2, 10).size(), 1u);
              }).ok());
}

TEST_F(SqliteStoreTest, TheOutboxKeepsCommandsAndTheNewestState) {
  OutboxMessage state;
  state.ordering_key = "s";
  state.coalesce = true;
  OutboxMessage command;
  command.ordering_key = "c";
  command.command_id = "1";
  command.payload = std::string("\0x", 2);
  ASSERT_TRUE(Do([&](Transaction& t) {
                state.payload = "old";
                t.outbox().Add(state);
                t.outbox().Add(command);
                state.payload = "new";
                t.outbox().Add(state);
                t.outbox().Add(command);
              }).ok());
  ASSERT_TRUE(Do([&](Transaction& t) {
                std::vector<std::string> payloads;
                for (const auto& m : t.outbox().After(0, 10)) payloads.push_back(m.payload);
                EXPECT_THAT(payloads, ElementsAre(command.payload, "new", command.payload));
                t.outbox().RemoveCommand("1");
                EXPECT_EQ(t.outbox().Count(), 1);
                t.outbox().RemoveCommand("");
                EXPECT_EQ(t.outbox().Count(), 1);
              }).ok());
}

TEST_F(SqliteStoreTest, EventsRefusalsAndRepliesCountOnce) {
  const absl::Time now = absl::FromUnixSeconds(1000);
  ASSERT_TRUE(Do([&](Transaction& t) {
                EXPECT_TRUE(t.chat().MarkHandled("e", now));
                EXPECT_FALSE(t.chat().MarkHandled("e", now));
                EXPECT_TRUE(t.chat().MarkRefused("a", "j", now));
                EXPECT_FALSE(t.chat().MarkRefused("a", "j", now));
                t.chat().AddReply({0, "r", "a", "b", "first"});
                t.chat().AddReply({0, "r", "a", "b", "second"});
                EXPECT_EQ(t.chat().RepliesAfter(0, 10).size(), 1u);
                t.chat().Purge(now + absl::Seconds(1), now);
                EXPECT_TRUE(t.chat().MarkHandled("e", now));
                EXPECT_FALSE(t.chat().MarkRefused("a", "j", now));
              }).ok());
}

TEST_F(SqliteStoreTest, RequestsAreForgottenInTime) {
  ASSERT_TRUE(Do([](Transaction& t) {
                t.requests().Add({"r", "content", "c", absl::FromUnixSeconds(10)});
                EXPECT_EQ(t.requests().Find("r")->content, "content");
                t.requests().Purge(absl::FromUnixSeconds(11));
                EXPECT_FALSE(t.requests().Find("r").has_value());
              }).ok());
}

TEST_F(SqliteStoreTest, ListenersHearWhatWasCommitted) {
  std::vector<Commit> commits;
  store_->AddListener([&](const Commit& commit) { commits.push_back(commit); });
  ASSERT_TRUE(Do([](Transaction& t) { t.checkboxes().Put(Named("lamp")); }).ok());
  EXPECT_FALSE(store_
                   ->Write([](Transaction& t) {
                     t.outbox().Add({});
                     return absl::AbortedError("no");
                   })
                   .ok());
  ASSERT_EQ(commits.size(), 1u);
  EXPECT_TRUE(commits[0].checkboxes);
  EXPECT_FALSE(commits[0].outbox);
}

TEST_F(SqliteStoreTest, ADatabaseOfALaterReleaseIsRefused) {
  store_.reset();
  {
    auto database = sqlite::Database::Open(path_);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->Execute("PRAGMA user_version = 99").ok());
  }
  EXPECT_EQ(SqliteStore::Open(path_).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SqliteStoreTest, PagesGoByName) {
  ASSERT_TRUE(Do([](Transaction& t) {
                for (const char* name : {"c", "a", "b"}) t.checkboxes().Put(Named(name));
                Checkbox gone = Named("aa");
                gone.deleted = true;
                t.checkboxes().Put(gone);
                std::vector<std::string> names;
                for (const auto& c : t.checkboxes().List("a", 10)) names.push_back(c.name);
                EXPECT_THAT(names, ElementsAre("b", "c"));
                EXPECT_THAT(t.checkboxes().List("c", 10), IsEmpty());
              }).ok());
}

}  // namespace
}  // namespace chatwire::mqtt
