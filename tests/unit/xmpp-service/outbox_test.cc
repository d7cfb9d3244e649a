#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/sqlite/database.h"
#include "common/uuid.h"
#include "tests/unit/xmpp-service/temporary_journal.h"

namespace chatwire::xmpp {
namespace {

constexpr char kBot[] = "bot@example.org";
constexpr char kRequest[] = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

using ::testing::SizeIs;
using Outcome = Recorded::Outcome;

class OutboxTest : public ::testing::Test {
 protected:
  bool Fail(const std::string& message_id, const std::string& from) {
    return *WaitFor<bool>([&](auto done) {
      journal_.outbox->Fail(kBot, message_id, from, {"service-unavailable", std::string(5000, 'x')},
                            std::move(done));
    });
  }

  TemporaryJournal journal_;
};

TEST_F(OutboxTest, AMessageIsAcceptedOncePerRequest) {
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

TEST_F(OutboxTest, ARequestIdWithOtherContentIsRefused) {
  ASSERT_TRUE(journal_.Accept({kBot, "alice@example.org", "hello", kRequest}).ok());

  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "alice@example.org", "bye", kRequest}).status()),
            "REQUEST_ID_REUSED");
  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "bob@example.org", "hello", kRequest}).status()),
            "REQUEST_ID_REUSED");
}

TEST_F(OutboxTest, TheAnswerOfARequestIsKnownOverAReopening) {
  using Known = std::optional<std::string>;
  const auto begin = [this](const std::string& id, const std::string& content) {
    return WaitFor<bool>(
        [&](auto done) { journal_.requests->Begin(kBot, id, content, std::move(done)); });
  };
  const auto finish = [this](const std::string& id, const std::string& answer) {
    return WaitFor<bool>(
        [&](auto done) { journal_.requests->Finish(kBot, id, answer, std::move(done)); });
  };
  const auto answer = [this](const std::string& id) {
    return *WaitFor<Known>(
        [&](auto done) { journal_.requests->GetAnswer(kBot, id, std::move(done)); });
  };
  const std::string bytes("\0\x01 kicked", 9);
  ASSERT_TRUE(*begin("full", "kick"));
  ASSERT_TRUE(*begin("empty", "kick"));
  EXPECT_EQ(answer("full"), std::nullopt);
  ASSERT_TRUE(finish("full", bytes).ok());
  ASSERT_TRUE(finish("empty", "").ok());

  journal_.Close();
  journal_.Open();

  EXPECT_FALSE(*begin("full", "kick"));
  EXPECT_EQ(ReasonOf(begin("full", "ban").status()), "REQUEST_ID_REUSED");
  EXPECT_EQ(answer("full"), bytes);
  EXPECT_EQ(answer("empty"), "") << "which is an answer";
  ASSERT_TRUE(WaitFor<bool>([&](auto done) {
                journal_.requests->Forget(kBot, "full", std::move(done));
              }).ok());
  EXPECT_EQ(answer("full"), std::nullopt);
  EXPECT_TRUE(*begin("full", "ban"));
}

TEST_F(OutboxTest, AnAcknowledgedMessageStaysSoOverACrash) {
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

TEST_F(OutboxTest, AnOwnMessageInTheArchiveIsAcknowledgedAndNotAnEventOfItsOwn) {
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

TEST_F(OutboxTest, AnErrorEndsAMessageAlsoAfterItsAcknowledgement) {
  const auto accepted = journal_.Accept({kBot, "alice@example.org", "hello", kRequest});
  const std::string id = accepted->message.message_id;

  EXPECT_FALSE(Fail("never-sent", "alice@example.org"));
  EXPECT_TRUE(Fail(id, "alice@example.org"));

  const auto failed = journal_.Events().back().message_failed();
  EXPECT_EQ(failed.condition(), "service-unavailable");
  EXPECT_EQ(failed.text().size(), 1024U);
}

TEST_F(OutboxTest, AnErrorByAStrangerEndsNoMessage) {
  const auto accepted = journal_.Accept({kBot, "alice@example.org", "hello", kRequest});
  const std::string id = accepted->message.message_id;

  EXPECT_FALSE(Fail(id, "eve@example.net/phone"));

  EXPECT_THAT(journal_.Pending(kBot), SizeIs(1));
  EXPECT_FALSE(journal_.Events().back().has_message_failed());
}

TEST_F(OutboxTest, AMessageThatCannotBeReadIsListedAsDamaged) {
  ASSERT_TRUE(journal_.Accept({kBot, "alice@example.org", "one", kRequest}).ok());
  ASSERT_TRUE(journal_.Accept({kBot, "alice@example.org", "two", RandomUuid()}).ok());
  journal_.Close();
  auto database = sqlite::Database::Open(journal_.path());
  ASSERT_TRUE(database->Execute("UPDATE outgoing SET content = x'ff00ff' WHERE id = 1").ok());
  journal_.Open();

  const auto pending = journal_.Pending(kBot);

  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_TRUE(pending[0].damaged);
  EXPECT_FALSE(pending[1].damaged);
  EXPECT_EQ(pending[1].body, "two");
}

TEST_F(OutboxTest, TheOutboxIsBounded) {
  for (int64_t i = 0; i < kMaximumPendingMessages; ++i) {
    journal_.outbox->Accept({kBot, "alice@example.org", "x", absl::StrCat("request-", i)}, {});
  }

  EXPECT_EQ(ReasonOf(journal_.Accept({kBot, "alice@example.org", "x", kRequest}).status()),
            "OUTBOX_FULL");
  EXPECT_TRUE(journal_.Accept({"other@example.org", "alice@example.org", "x", kRequest}).ok());
}

}  // namespace
}  // namespace chatwire::xmpp
