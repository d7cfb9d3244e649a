// The block list (XEP-0191), with the examples of the XEP.
#include "xmpp-service/session/blocking_client.h"

#include <gmock/gmock.h>

#include "common/error.h"
#include "tests/unit/xmpp-service/session_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Jids = std::vector<std::string>;

constexpr char kBlocking[] = "urn:xmpp:blocking";

class BlockingClientTest : public SessionFixture {
 protected:
  BlockingPort& blocking() { return *session_->ports().blocking; }

  void Settle() {
    auto [done, result] = Remember<bool>();
    session_->Ping(std::move(done));
    ASSERT_TRUE(WaitForResult(result));
  }

  void Inject(const QByteArray& stanza) {
    server_.Inject(stanza);
    Settle();
  }

  std::vector<BlockListChanged> Changes() const {
    std::vector<BlockListChanged> changes;
    for (const auto& event : listener_.events) {
      if (const auto* change = std::get_if<BlockListChanged>(&event)) changes.push_back(*change);
    }
    return changes;
  }

  bool LastIqHas(const char* part) const {
    return server_.LastReceived(QStringLiteral("iq")).xml.contains(QLatin1StringView(part));
  }
};

TEST_F(BlockingClientTest, TheListIsSortedAndWithoutNonsense) {
  server_.script().answers[kBlocking] =
      "<blocklist xmlns='urn:xmpp:blocking'><item jid='Romeo@montague.net'/>"
      "<item jid='iago@shakespeare.lit'/><item jid='a b'/><item/></blocklist>";
  ASSERT_TRUE(LogIn());

  auto [done, list] = Remember<Jids>();
  blocking().ListBlocked(std::move(done));

  ASSERT_TRUE(WaitForResult(list));
  EXPECT_THAT(***list, ElementsAre("iago@shakespeare.lit", "romeo@montague.net"));
  EXPECT_THAT(Changes(), IsEmpty()) << "what was so already is no news";
}

TEST_F(BlockingClientTest, BlockingAndUnblockingAreAskedForInTheWordsOfTheXep) {
  ASSERT_TRUE(LogIn());
  Settle();
  auto [block_done, blocked] = Remember<bool>();
  blocking().Block({"romeo@montague.net", "montague.net"}, std::move(block_done));
  ASSERT_TRUE(WaitForResult(blocked));
  EXPECT_TRUE((*blocked)->ok());
  EXPECT_TRUE(
      LastIqHas("<block xmlns=\"urn:xmpp:blocking\"><item jid=\"romeo@montague.net\"/>"
                "<item jid=\"montague.net\"/></block>"))
      << qPrintable(server_.LastReceived(QStringLiteral("iq")).xml);

  auto [all_done, all] = Remember<bool>();
  blocking().Unblock({}, std::move(all_done));
  ASSERT_TRUE(WaitForResult(all));
  EXPECT_TRUE(LastIqHas("<unblock xmlns=\"urn:xmpp:blocking\"/>") ||
              LastIqHas("<unblock xmlns=\"urn:xmpp:blocking\"></unblock>"));
}

TEST_F(BlockingClientTest, AServerWithoutBlockingIsSaidSo) {
  server_.script().errors[kBlocking] = "service-unavailable";
  ASSERT_TRUE(LogIn());
  auto [done, list] = Remember<Jids>();
  blocking().ListBlocked(std::move(done));
  ASSERT_TRUE(WaitForResult(list));
  EXPECT_EQ(ReasonOf((*list)->status()), "NO_BLOCKING");

  server_.script().errors[kBlocking] = "not-acceptable";
  auto [block_done, blocked] = Remember<bool>();
  blocking().Block({"romeo@montague.net"}, std::move(block_done));
  ASSERT_TRUE(WaitForResult(blocked));
  EXPECT_EQ(ReasonOf((*blocked)->status()), "XMPP_NOT_ACCEPTABLE");
}

TEST_F(BlockingClientTest, APushIsToldAndAcknowledged) {
  ASSERT_TRUE(LogIn());
  Inject(
      "<iq type='set' id='push1'><block xmlns='urn:xmpp:blocking'>"
      "<item jid='romeo@montague.net'/></block></iq>");
  Inject(
      "<iq type='set' id='push2' from='alice@localhost'><unblock xmlns='urn:xmpp:blocking'>"
      "<item jid='romeo@montague.net'/></unblock></iq>");
  Inject("<iq type='set' id='push3'><unblock xmlns='urn:xmpp:blocking'/></iq>");

  ASSERT_TRUE(testing::WaitUntil([this] { return Changes().size() == 3; }));
  const auto changes = Changes();
  EXPECT_THAT(changes[0].blocked, ElementsAre("romeo@montague.net"));
  EXPECT_THAT(changes[1].unblocked, ElementsAre("romeo@montague.net"));
  EXPECT_TRUE(changes[2].all_unblocked);
  for (const char* id : {"push1", "push2", "push3"}) {
    const auto& received = server_.received();
    EXPECT_TRUE(std::any_of(received.begin(), received.end(), [id](const auto& element) {
      return element.id == QLatin1StringView(id) && element.type == u"result";
    })) << id;
  }
}

TEST_F(BlockingClientTest, APushOfAStrangerChangesNothing) {
  ASSERT_TRUE(LogIn());
  for (const char* from : {"eve@localhost", "eve@localhost/x", "alice@localhost/other"}) {
    Inject(QByteArray("<iq type='set' id='p' from='") + from +
           "'><block xmlns='urn:xmpp:blocking'><item jid='boss@localhost'/></block></iq>");
  }

  EXPECT_THAT(Changes(), IsEmpty());
}

TEST_F(BlockingClientTest, WhatChangedBetweenTwoStreamsIsTold) {
  server_.script().accept_resume = false;
  server_.script().answers[kBlocking] =
      "<blocklist xmlns='urn:xmpp:blocking'><item jid='a@localhost'/><item jid='b@localhost'/>"
      "</blocklist>";
  ASSERT_TRUE(LogIn());
  Settle();
  server_.script().answers[kBlocking] =
      "<blocklist xmlns='urn:xmpp:blocking'><item jid='b@localhost'/><item jid='c@localhost'/>"
      "</blocklist>";

  server_.Reset();
  ASSERT_TRUE(WaitForEnd());
  ASSERT_TRUE(LogIn());

  ASSERT_TRUE(testing::WaitUntil([this] { return Changes().size() == 1; }));
  const auto changes = Changes();
  EXPECT_THAT(changes[0].blocked, ElementsAre("c@localhost"));
  EXPECT_THAT(changes[0].unblocked, ElementsAre("a@localhost"));
}

}  // namespace
}  // namespace chatwire::xmpp
