#include "xmpp-service/domain/outbox_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/xmpp-service/fake_ports.h"
#include "tests/unit/xmpp-service/manual_executor.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OutboxSenderTest : public ::testing::Test {
 protected:
  void NewStream() {
    sender_.OnNewStream(&session_);
    executor_.Run();
  }
  void Accept(int64_t row) {
    sender_.OnAccepted(outbox_.Add(row));
    executor_.Run();
  }

  ManualExecutor executor_;
  FakeOutbox outbox_;
  FakeSession session_;
  std::vector<std::string> acknowledged_;
  std::vector<std::string> failed_;
  OutboxSender sender_{"bot@example.org", outbox_, executor_,
                       [this](const std::string& id, DeliveryStage stage) {
                         (stage == DeliveryStage::kFailed ? failed_ : acknowledged_).push_back(id);
                       }};
};

TEST_F(OutboxSenderTest, WhatWaitsGoesOutInOrderOnANewStream) {
  for (int64_t row = 1; row <= 3; ++row) outbox_.Add(row);

  NewStream();

  EXPECT_THAT(session_.sent, ElementsAre("id-1", "id-2", "id-3"));
}

TEST_F(OutboxSenderTest, NothingGoesOutWithoutAStream) {
  Accept(1);

  EXPECT_THAT(session_.sent, IsEmpty());
}

TEST_F(OutboxSenderTest, AnAcceptedMessageGoesOutOnce) {
  NewStream();
  Accept(1);
  Accept(2);
  sender_.OnAccepted(outbox_.pending[1]);
  executor_.Run();

  EXPECT_THAT(session_.sent, ElementsAre("id-1", "id-2"));
}

TEST_F(OutboxSenderTest, ADamagedMessageFailsAndDoesNotKeepTheOthers) {
  for (int64_t row = 1; row <= 3; ++row) outbox_.Add(row);
  outbox_.pending[2].damaged = true;

  NewStream();

  EXPECT_THAT(session_.sent, ElementsAre("id-1", "id-3"));
  EXPECT_THAT(failed_, ElementsAre("id-2"));
  EXPECT_THAT(outbox_.failed, ElementsAre("id-2"));
}

TEST_F(OutboxSenderTest, AnAcknowledgedMessageIsDone) {
  NewStream();
  Accept(1);

  session_.Acknowledge("id-1");
  executor_.Run();

  EXPECT_THAT(acknowledged_, ElementsAre("id-1"));
  EXPECT_THAT(outbox_.pending, IsEmpty());
}

TEST_F(OutboxSenderTest, UnacknowledgedMessagesGoOutAgainOnANewStream) {
  NewStream();
  Accept(1);
  Accept(2);
  session_.Acknowledge("id-1");
  executor_.Run();
  sender_.OnStreamDown();
  session_.Refuse("id-2");
  executor_.Run();
  session_.sent.clear();

  NewStream();

  EXPECT_THAT(session_.sent, ElementsAre("id-2"));
}

TEST_F(OutboxSenderTest, AResumedStreamStillHasWhatWasOnItsWay) {
  NewStream();
  Accept(1);
  sender_.OnStreamDown();
  Accept(2);
  session_.sent.clear();

  sender_.OnResumed(&session_);
  executor_.Run();

  EXPECT_THAT(session_.sent, ElementsAre("id-2")) << "not the first one again";
}

TEST_F(OutboxSenderTest, WhatCouldNotBePutOnTheStreamGoesOutAfterTheResumption) {
  NewStream();
  Accept(1);
  sender_.OnStreamDown();
  session_.Refuse("id-1");
  executor_.Run();
  session_.sent.clear();

  sender_.OnResumed(&session_);
  executor_.Run();

  EXPECT_THAT(session_.sent, ElementsAre("id-1"));
}

TEST_F(OutboxSenderTest, OnlySoManyAreOnTheirWayAtATime) {
  constexpr int64_t kAll = 1000;
  for (int64_t row = 1; row <= kAll; ++row) outbox_.Add(row);

  NewStream();
  const size_t first = session_.sent.size();
  EXPECT_LE(first, OutboxSender::kWindow + 64);

  for (size_t i = 0; i < session_.sent.size(); ++i) {
    session_.Acknowledge(session_.sent[i]);
    executor_.Run();
  }
  EXPECT_THAT(session_.sent, SizeIs(kAll));
  for (int64_t row = 1; row <= kAll; ++row) {
    EXPECT_EQ(session_.sent[static_cast<size_t>(row - 1)], "id-" + std::to_string(row));
  }
}

}  // namespace
}  // namespace chatwire::xmpp
