#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr char kBot[] = "bot@example.org";
constexpr char kRequest[] = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

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

TEST_F(JournalTest, AMessageIsAcceptedOncePerRequest) {
  const NewMessage message{kBot, "alice@example.org", "hello", kRequest};
  const auto first = journal_.Accept(message);
  const auto second = journal_.Accept(message);

  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_FALSE(first->replayed);
  EXPECT_TRUE(second->replayed);
  EXPECT_EQ(second->message.message_id, first->message.message_id);
  EXPECT_EQ(journal_.Pending(kBot).size(), 1U);
  EXPECT_EQ(journal_.Events().size(), 1U) << "one MessageSent";
}

TEST_F(JournalTest, ARequestIdWithOtherContentIsRefused) {
  ASSERT_TRUE(journal_.Accept({kBot, "alice@example.org", "hello", kRequest}).ok());

  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "alice@example.org", "bye", kRequest}).status()),
            "REQUEST_ID_REUSED");
  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "bob@example.org", "hello", kRequest}).status()),
            "REQUEST_ID_REUSED");
}

TEST_F(JournalTest, AnAcknowledgedMessageStaysSoOverACrash) {
  const auto accepted = journal_.Accept({kBot, "alice@example.org", "hello", kRequest});
  const std::string id = accepted->message.message_id;
  const auto acknowledge = [&] {
    return *WaitFor<bool>(
        [&](auto done) { journal_.outbox->Acknowledge(kBot, id, std::move(done)); });
  };

  EXPECT_TRUE(acknowledge());
  EXPECT_FALSE(acknowledge()) << "a second time changes nothing";
  journal_.Close();
  journal_.Open();

  EXPECT_TRUE(journal_.Pending(kBot).empty());
  EXPECT_EQ(journal_.Accept({kBot, "alice@example.org", "hello", kRequest})->stage,
            DeliveryStage::kServerAck);
}

TEST_F(JournalTest, AnOwnMessageInTheArchiveIsAcknowledgedAndNotAnEventOfItsOwn) {
  const auto accepted = journal_.Accept({kBot, "alice@example.org", "hello", kRequest});
  Arrival archived;
  archived.account = kBot;
  archived.payload = MessageSent{"alice@example.org", "hello", accepted->message.message_id,
                                 MessageSource::kArchive, journal_.clock.Now()};
  archived.archive_id = "9";
  archived.from_archive = true;
  archived.own_message_ids = {"", accepted->message.message_id};

  EXPECT_EQ(journal_.Record(archived).outcome, Outcome::kAcknowledged);
  EXPECT_EQ(journal_.Record(archived).outcome, Outcome::kDuplicate);

  const auto events = journal_.Events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_TRUE(events[1].has_message_acknowledged());
  EXPECT_EQ(journal_.Mark(kBot)->archive_id, "9");
}

TEST_F(JournalTest, AnErrorEndsAMessageAlsoAfterItsAcknowledgement) {
  const auto accepted = journal_.Accept({kBot, "alice@example.org", "hello", kRequest});
  const std::string id = accepted->message.message_id;
  const auto fail = [&](const std::string& message_id) {
    return *WaitFor<bool>([&](auto done) {
      journal_.outbox->Fail(kBot, message_id, {"service-unavailable", std::string(5000, 'x')},
                            std::move(done));
    });
  };

  EXPECT_FALSE(fail("never-sent"));
  EXPECT_TRUE(fail(id));

  const auto failed = journal_.Events().back().message_failed();
  EXPECT_EQ(failed.condition(), "service-unavailable");
  EXPECT_EQ(failed.text().size(), 1024U);
}

TEST_F(JournalTest, TheOutboxIsBounded) {
  for (int64_t i = 0; i < kMaximumPendingMessages; ++i) {
    journal_.outbox->Accept({kBot, "alice@example.org", "x", absl::StrCat("request-", i)}, {});
  }

  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "alice@example.org", "x", kRequest}).status()),
            "OUTBOX_FULL");
  EXPECT_TRUE(journal_.Accept({"other@example.org", "alice@example.org", "x", kRequest}).ok());
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
