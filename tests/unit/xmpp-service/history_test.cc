#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/wire/history_proto.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kBot[] = "bot@example.org";

class HistoryTest : public ::testing::Test {
 protected:
  void Receive(const std::string& from, const std::string& body) {
    MessageReceived message;
    message.from = from;
    message.body = body;
    message.sent_time = journal_.clock.Now();
    journal_.Append(kBot, message);
  }

  HistoryPage List(HistoryQuery query) {
    query.account = kBot;
    return *WaitFor<HistoryPage>(
        [&](auto done) { journal_.history->List(std::move(query), std::move(done)); });
  }

  std::vector<std::string> Bodies(HistoryQuery query = {}) {
    std::vector<std::string> bodies;
    for (const StoredMessage& stored : List(std::move(query)).messages) {
      bodies.push_back(ToHistoryMessage(stored)->body());
    }
    return bodies;
  }

  TemporaryJournal journal_;
};

TEST_F(HistoryTest, HasTheMessagesOfOneAccountAndNothingElse) {
  Receive("alice@example.org/phone", "one");
  journal_.Append(kBot, ChatStateReceived{"alice@example.org/phone", ChatState::kActive});
  journal_.Append("other@example.org", MessageSent{"alice@example.org", "not ours", "m", {}, {}});
  journal_.Append(kBot, MessageSent{"alice@example.org", "two", "m", MessageSource::kApi,
                                    journal_.clock.Now()});

  EXPECT_THAT(Bodies(), ElementsAre("two", "one"));
}

TEST_F(HistoryTest, FindsWhatWasExchangedWithOnePeerFromAllItsClients) {
  Receive("Alice@example.org/phone", "one");
  Receive("carol@example.org/phone", "of carol");
  Receive("alice@example.org/desk", "two");

  HistoryQuery query;
  query.peer = "alice@example.org";
  query.newest_first = false;

  EXPECT_THAT(Bodies(query), ElementsAre("one", "two"));
}

TEST_F(HistoryTest, TheStartOfATimeRangeBelongsToItAndItsEndDoesNot) {
  const absl::Time begin = journal_.clock.Now();
  for (const char* body : {"one", "two", "three"}) {
    Receive("alice@example.org", body);
    journal_.clock.Advance(absl::Minutes(1));
  }

  HistoryQuery query;
  query.start = begin + absl::Minutes(1);
  query.end = begin + absl::Minutes(2);

  EXPECT_THAT(Bodies(query), ElementsAre("two"));
}

TEST_F(HistoryTest, APageSaysWhetherThereIsMore) {
  for (const char* body : {"one", "two", "three"}) Receive("alice@example.org", body);
  HistoryQuery query;
  query.limit = 2;

  const HistoryPage first = List(query);
  EXPECT_EQ(first.messages.size(), 2U);
  EXPECT_TRUE(first.more);

  query.behind = first.messages.back().event.sequence;
  const HistoryPage second = List(query);
  EXPECT_EQ(second.messages.size(), 1U);
  EXPECT_FALSE(second.more);
}

TEST_F(HistoryTest, LongMessagesMakeShortPages) {
  for (int i = 0; i < 40; ++i) Receive("alice@example.org", std::string(65'536, 'x'));
  HistoryQuery query;
  query.limit = 100;

  const HistoryPage page = List(query);

  EXPECT_TRUE(page.more);
  EXPECT_LT(page.messages.size(), 20U);
}

TEST_F(HistoryTest, EventsOfBeforeThereWasAHistoryAreFound) {
  Receive("alice@example.org", "old");
  ASSERT_TRUE(WaitFor<bool>([&](auto done) {
                journal_.writer->Submit<bool>(
                    [](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
                      const absl::Status status = tables.database.Execute(
                          "DELETE FROM history; DELETE FROM meta WHERE key = 'history_indexed'");
                      if (!status.ok()) return status;
                      return true;
                    },
                    std::move(done));
              }).ok());
  ASSERT_THAT(Bodies(), IsEmpty());

  journal_.Close();
  journal_.Open();

  EXPECT_THAT(Bodies(), ElementsAre("old"));
}

TEST_F(HistoryTest, WhatIsCompactedIsGoneFromItToo) {
  Receive("alice@example.org", "old");
  journal_.clock.Advance(absl::Hours(2));
  Receive("alice@example.org", "new");

  journal_.log->Compact({absl::Hours(1), int64_t{1} << 30});
  Receive("alice@example.org", "newer");

  EXPECT_THAT(Bodies(), ElementsAre("newer", "new"));
}

}  // namespace
}  // namespace chatwire::xmpp
