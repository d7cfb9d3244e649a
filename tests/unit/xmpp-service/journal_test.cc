#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/error.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr char kBot[] = "bot@example.org";

Arrival Text(const std::string& archive_id, const std::string& copy_key) {
  Arrival arrival;
  arrival.account = kBot;
  MessageReceived received;
  received.from = "alice@example.org/phone";
  received.body = "lamp on";
  received.archive_id = archive_id;
  arrival.payload = received;
  arrival.archive_id = archive_id;
  arrival.copy_key = copy_key;
  return arrival;
}

EventPayload State() { return ChatStateReceived{"alice@example.org/phone", ChatState::kActive}; }

using Outcome = Recorded::Outcome;

class JournalTest : public ::testing::Test {
 protected:
  TemporaryJournal journal_;
};

TEST_F(JournalTest, EventsKeepTheirOrderSequenceAndIdOverAReopening) {
  for (int i = 0; i < 5; ++i) journal_.Append(kBot, State());
  const auto before = journal_.Events();
  const std::string log_id = journal_.log->LogId();

  journal_.Close();
  journal_.Open();

  const auto after = journal_.Events();
  ASSERT_EQ(after.size(), 5U);
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(after[i].SerializeAsString(), before[i].SerializeAsString());
    EXPECT_EQ(after[i].sequence(), static_cast<int64_t>(i) + 1);
  }
  EXPECT_EQ(journal_.log->LogId(), log_id);
  EXPECT_EQ(journal_.log->LastSequence(), 5);
}

TEST_F(JournalTest, ManyWritersShareTransactionsAndLoseNothing) {
  constexpr int kWriters = 4;
  constexpr int kEach = 500;
  std::atomic<int> done{0};
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        journal_.log->Append(kBot, State(), Completion<int64_t>([&](const auto& sequence) {
                               if (sequence.ok()) ++done;
                             }));
      }
    });
  }
  for (auto& writer : writers) writer.join();
  journal_.Append(kBot, State());

  EXPECT_EQ(done.load(), kWriters * kEach);
  EXPECT_EQ(journal_.log->LastSequence(), kWriters * kEach + 1);
}

TEST_F(JournalTest, WorkThatFailsUndoesOnlyItself) {
  absl::Status failed;
  journal_.log->Append(kBot, State(), {});
  journal_.writer->Submit<bool>(
      [](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        (void)tables.events.Append(kBot, State());
        return MakeError(absl::StatusCode::kAborted, {"test", "NO"}, "no");
      },
      Completion<bool>([&](const auto& result) { failed = result.status(); }));
  journal_.Append(kBot, State());

  EXPECT_EQ(ReasonOf(failed), "NO");
  EXPECT_EQ(journal_.Events().size(), 2U);
  EXPECT_TRUE(journal_.writer->healthy());
}

TEST_F(JournalTest, ACopyWithTheSameArchiveIdIsADuplicateAlsoAfterACrash) {
  EXPECT_EQ(journal_.Record(Text("7", "")).outcome, Outcome::kAppended);
  journal_.Close();
  journal_.Open();

  EXPECT_EQ(journal_.Record(Text("7", "")).outcome, Outcome::kDuplicate);
  EXPECT_EQ(journal_.Events().size(), 1U);
}

TEST_F(JournalTest, AnArchivedCopyOfALiveMessageWithoutArchiveIdIsADuplicate) {
  EXPECT_EQ(journal_.Record(Text("", "key")).outcome, Outcome::kAppended);
  journal_.clock.Advance(absl::Hours(1));

  Arrival archived = Text("7", "key");
  archived.from_archive = true;
  EXPECT_EQ(journal_.Record(archived).outcome, Outcome::kDuplicate);
  EXPECT_EQ(journal_.Mark(kBot)->archive_id, "7") << "its place is known nevertheless";
}

TEST_F(JournalTest, TwoArchiveIdsAreTwoMessages) {
  EXPECT_EQ(journal_.Record(Text("7", "key")).outcome, Outcome::kAppended);
  EXPECT_EQ(journal_.Record(Text("8", "key")).outcome, Outcome::kAppended);
}

TEST_F(JournalTest, WithoutArchiveIdsOnlyCloseCopiesAreDuplicates) {
  EXPECT_EQ(journal_.Record(Text("", "key")).outcome, Outcome::kAppended);
  EXPECT_EQ(journal_.Record(Text("", "key")).outcome, Outcome::kDuplicate);
  journal_.clock.Advance(absl::Minutes(11));
  EXPECT_EQ(journal_.Record(Text("", "key")).outcome, Outcome::kAppended);
}

TEST_F(JournalTest, ALateLiveCopyDoesNotMoveTheMarkBack) {
  journal_.Record(Text("7", ""));
  journal_.Record(Text("8", ""));

  journal_.Record(Text("7", ""));

  EXPECT_EQ(journal_.Mark(kBot)->archive_id, "8");
}

TEST_F(JournalTest, AReaderSkipsWhatItDoesNotWantAndKnowsHowFarItHasCome) {
  journal_.Append("other@example.org", State());
  const int64_t wanted = journal_.Append(kBot, State());
  journal_.Append(kBot, ConnectionChanged{});
  EventQuery query;
  query.accounts = {kBot};
  query.kinds = {v1::EVENT_KIND_CHAT_STATE_RECEIVED};

  const EventPage page = journal_.Read(query);

  ASSERT_EQ(page.events.size(), 1U);
  EXPECT_EQ(page.events[0].sequence, wanted);
  EXPECT_EQ(page.scanned_to, 3);
}

TEST_F(JournalTest, OldEventsGoAndTheirSequencesAreNotUsedAgain) {
  for (int i = 0; i < 3; ++i) journal_.Append(kBot, State());
  journal_.clock.Advance(absl::Hours(2));
  const int64_t kept = journal_.Append(kBot, State());

  journal_.log->Compact({absl::Hours(1), int64_t{1} << 30});
  journal_.Append(kBot, State());
  journal_.Close();
  journal_.Open();

  const EventPage page = journal_.Read({});
  ASSERT_EQ(page.events.size(), 2U);
  EXPECT_EQ(page.events[0].sequence, kept);
  EXPECT_EQ(page.compacted_to, kept - 1);
  EXPECT_EQ(journal_.Append(kBot, State()), kept + 2);
}

TEST_F(JournalTest, AJournalThatIsTooBigLosesItsOldestEvents) {
  MessageReceived big;
  big.body = std::string(kMaximumBodyBytes, 'x');
  for (int i = 0; i < 100; ++i) journal_.Append(kBot, big);

  journal_.log->Compact({absl::Hours(1), int64_t{2} << 20});
  journal_.Append(kBot, State());

  EXPECT_GT(journal_.Read({}).compacted_to, 0);
  EXPECT_FALSE(journal_.Events().empty());
}

TEST_F(JournalTest, AnEmptyJournalAfterACompactionStillKnowsItsEnd) {
  journal_.Append(kBot, State());
  journal_.clock.Advance(absl::Hours(2));
  journal_.log->Compact({absl::Hours(1), int64_t{1} << 30});
  journal_.Mark(kBot);

  const EventPage page = journal_.Read({});

  EXPECT_TRUE(page.events.empty());
  EXPECT_EQ(page.scanned_to, 1) << "or a reader would look for ever";
}

TEST_F(JournalTest, AccountsAndRostersSurviveAndGoWithTheAccount) {
  StoredAccount account;
  account.account = kBot;
  account.resource = "chatwire-1";
  account.sealed_password = std::string("\0sealed", 7);
  account.create_time = journal_.clock.Now();
  account.presence = {Availability::kAway, "brb", -1};
  Contact alice;
  alice.jid = "alice@example.org";
  alice.groups = {"a b", "c"};
  alice.subscription = Subscription::kBoth;
  (void)WaitFor<bool>([&](auto done) { journal_.store->SaveAccount(account, std::move(done)); });
  (void)WaitFor<bool>(
      [&](auto done) { journal_.store->UpdateContacts(kBot, {alice}, {}, std::move(done)); });
  journal_.Close();
  journal_.Open();

  const auto accounts = *WaitFor<std::vector<StoredAccount>>(
      [&](auto done) { journal_.store->ListAccounts(std::move(done)); });
  const auto list_contacts = [&] {
    return *WaitFor<std::vector<Contact>>(
        [&](auto done) { journal_.store->ListContacts(kBot, std::move(done)); });
  };
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].sealed_password, account.sealed_password);
  EXPECT_EQ(accounts[0].presence.status, "brb");
  ASSERT_EQ(list_contacts().size(), 1U);
  EXPECT_EQ(list_contacts()[0].groups, alice.groups);

  (void)WaitFor<bool>([&](auto done) { journal_.store->RemoveAccount(kBot, std::move(done)); });
  EXPECT_TRUE(list_contacts().empty());
  EXPECT_FALSE(journal_.Events().empty()) << "events stay";
}

}  // namespace
}  // namespace chatwire::xmpp
