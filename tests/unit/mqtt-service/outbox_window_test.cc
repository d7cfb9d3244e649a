#include "mqtt-service/broker/outbox_window.h"

#include <gtest/gtest.h>

namespace chatwire::mqtt {
namespace {

OutboxMessage Message(int64_t id, const std::string& key, bool coalesce = false) {
  OutboxMessage message;
  message.id = id;
  message.ordering_key = key;
  message.coalesce = coalesce;
  return message;
}

TEST(OutboxWindowTest, OneOfAKeyIsInFlightAtATime) {
  OutboxWindow window;
  window.Add({Message(1, "a"), Message(2, "a"), Message(3, "b")});
  EXPECT_EQ(window.TakeReady()->id, 1);
  EXPECT_EQ(window.TakeReady()->id, 3);
  EXPECT_FALSE(window.TakeReady().has_value());
  EXPECT_EQ(window.in_flight(), 2u);
  EXPECT_TRUE(window.Finish(1).has_value());
  EXPECT_EQ(window.TakeReady()->id, 2);
  EXPECT_FALSE(window.TakeReady().has_value());
}

TEST(OutboxWindowTest, ANewerStateTakesThePlaceOfAWaitingOne) {
  OutboxWindow window;
  window.Add({Message(1, "s", true), Message(2, "s", true)});
  EXPECT_EQ(window.size(), 1u);
  EXPECT_EQ(window.TakeReady()->id, 2);
  window.Add({Message(3, "s", true), Message(4, "s", true)});
  EXPECT_FALSE(window.TakeReady().has_value());
  window.Finish(2);
  EXPECT_EQ(window.TakeReady()->id, 4);
  window.Finish(4);
  EXPECT_EQ(window.size(), 0u);
  EXPECT_EQ(window.LastId(), 4);
}

TEST(OutboxWindowTest, OtherTopicsOfTheKeyKeepTheirPlace) {
  OutboxWindow window;
  std::vector<OutboxMessage> messages;
  for (int id = 1; id <= 4; ++id) {
    messages.push_back(Message(id, "device", /*coalesce=*/id != 1));
    // 1 and 4 are of one topic, but 1 has to be said in any case.
    messages.back().topic = id == 1 || id == 4 ? "state" : "value";
  }
  window.Add(messages);
  EXPECT_EQ(window.size(), 3u);
  for (const int64_t id : {1, 3, 4}) {
    EXPECT_EQ(window.TakeReady()->id, id);
    window.Finish(id);
  }
}

TEST(OutboxWindowTest, WhatIsNotInFlightCannotBeFinished) {
  OutboxWindow window;
  window.Add({Message(1, "a")});
  EXPECT_FALSE(window.Finish(1).has_value());
  EXPECT_FALSE(window.Finish(9).has_value());
  EXPECT_EQ(window.TakeReady()->id, 1);
}

}  // namespace
}  // namespace chatwire::mqtt
