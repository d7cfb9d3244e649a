#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/rpc/time.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;

class ChatHistoryTest : public ServiceFixture {
 protected:
  absl::StatusOr<v1::ListMessagesResponse> List(const v1::ListMessagesRequest& request) {
    v1::ListMessagesResponse response;
    const auto stub = v1::ChatService::NewStub(channel_);
    const absl::Status status =
        FromGrpcStatus(stub->ListMessages(Context(token_).get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  std::string ReasonOfList(const v1::ListMessagesRequest& request) {
    return ReasonOf(List(request).status());
  }

  void Receive(const std::string& from, const std::string& body) {
    MessageReceived message;
    message.from = from;
    message.to = kBot;
    message.body = body;
    message.sent_time = journal_.clock.Now();
    journal_.Append(kBot, message);
  }

  /// All pages, as a caller gets them.
  std::vector<std::string> AllBodies(v1::ListMessagesRequest request) {
    std::vector<std::string> bodies;
    do {
      const auto page = List(request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return bodies;
      for (const auto& message : page->messages()) bodies.push_back(message.body());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return bodies;
  }

  std::string token_ = Login();
};

TEST_F(ChatHistoryTest, PagesGoBothWaysWithoutLossOrRepetition) {
  std::vector<std::string> expected;
  for (int i = 0; i < 25; ++i) {
    expected.push_back("text " + std::to_string(i));
    Receive("alice@example.org/phone", expected.back());
  }
  v1::ListMessagesRequest request;
  request.set_page_size(10);
  request.set_order(v1::HISTORY_ORDER_OLDEST_FIRST);
  EXPECT_EQ(AllBodies(request), expected);

  request.clear_order();
  std::reverse(expected.begin(), expected.end());
  EXPECT_EQ(AllBodies(request), expected);
}

TEST_F(ChatHistoryTest, AMessageThatComesMeanwhileDisturbsNoPage) {
  for (const char* body : {"one", "two", "three"}) Receive("alice@example.org", body);
  v1::ListMessagesRequest request;
  request.set_page_size(2);
  const auto first = List(request);
  ASSERT_TRUE(first.ok()) << first.status();

  Receive("alice@example.org", "four");
  request.set_page_token(first->next_page_token());

  EXPECT_THAT(AllBodies(request), ElementsAre("one"));
}

TEST_F(ChatHistoryTest, AMessageSaysWhoSaidItToWhom) {
  Receive("alice@example.org/phone", "hello");
  ASSERT_TRUE(Send(token_, Text("good morning")).ok());

  const auto page = List({});

  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->messages_size(), 2);
  const auto& sent = page->messages(0);
  EXPECT_EQ(sent.body(), "good morning");
  EXPECT_TRUE(sent.outgoing());
  EXPECT_EQ(sent.from(), kBot);
  EXPECT_EQ(sent.to(), kAlice);
  EXPECT_EQ(sent.type(), v1::HISTORY_MESSAGE_TYPE_CHAT);
  EXPECT_FALSE(sent.message_id().empty());
  const auto& received = page->messages(1);
  EXPECT_FALSE(received.outgoing());
  EXPECT_EQ(received.from(), "alice@example.org/phone");
  EXPECT_LT(received.sequence(), sent.sequence());
  EXPECT_FALSE(received.event_id().empty());
}

TEST_F(ChatHistoryTest, PeerAndTimeAreLookedAt) {
  Receive("alice@example.org/phone", "one");
  journal_.clock.Advance(absl::Minutes(1));
  Receive("carol@example.org/phone", "of carol");
  const absl::Time later = journal_.clock.Now();
  Receive("alice@example.org/desk", "two");
  v1::ListMessagesRequest request;
  request.set_peer("alice@example.org/whatever");
  EXPECT_THAT(AllBodies(request), ElementsAre("two", "one"));

  *request.mutable_start_time() = chatwire::ToProto(later);
  EXPECT_THAT(AllBodies(request), ElementsAre("two"));
  request.clear_start_time();
  *request.mutable_end_time() = chatwire::ToProto(later);
  EXPECT_THAT(AllBodies(request), ElementsAre("one"));
}

TEST_F(ChatHistoryTest, BadInputIsRefusedWithItsReason) {
  for (const char* body : {"one", "two"}) Receive("alice@example.org", body);
  v1::ListMessagesRequest request;
  request.set_peer("a b");
  EXPECT_EQ(ReasonOfList(request), "BAD_JID");
  request.Clear();
  request.mutable_start_time()->set_seconds(2);
  request.mutable_end_time()->set_seconds(1);
  EXPECT_EQ(ReasonOfList(request), "BAD_TIME_RANGE");
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOfList(request), "BAD_PAGE");
  request.set_page_size(1);
  request.set_page_token("nonsense");
  EXPECT_EQ(ReasonOfList(request), "BAD_PAGE");
  request.clear_page_token();
  request.set_page_token(List(request)->next_page_token());
  request.set_order(v1::HISTORY_ORDER_OLDEST_FIRST);
  EXPECT_EQ(ReasonOfList(request), "BAD_PAGE") << "a token of the other order";
  request.Clear();
  request.set_order(static_cast<v1::HistoryOrder>(9));
  EXPECT_EQ(ReasonOfList(request), "BAD_PAGE");
  request.Clear();
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOfList(request), "ACCOUNT_NOT_ALLOWED");
}

class ChatArchiveTest : public ServiceFixture {
 protected:
  std::string ReasonOfFetch(const v1::FetchArchiveRequest& request) {
    v1::FetchArchiveResponse response;
    const auto stub = v1::ChatService::NewStub(channel_);
    return ReasonOf(FromGrpcStatus(stub->FetchArchive(Context(token_).get(), request, &response)));
  }

  std::string ReasonOfUpdate(const v1::UpdateArchivePreferencesRequest& request) {
    v1::UpdateArchivePreferencesResponse response;
    const auto stub = v1::ChatService::NewStub(channel_);
    return ReasonOf(
        FromGrpcStatus(stub->UpdateArchivePreferences(Context(token_).get(), request, &response)));
  }

  static v1::UpdateArchivePreferencesRequest Preferences() {
    v1::UpdateArchivePreferencesRequest request;
    request.mutable_preferences()->set_default_behavior(v1::ARCHIVE_DEFAULT_ROSTER);
    request.set_request_id(RandomUuid());
    return request;
  }

  std::string token_ = Login();
};

TEST_F(ChatArchiveTest, ABadQuestionIsRefusedWithItsReason) {
  v1::FetchArchiveRequest request;
  request.set_archive("room@chat.example.org/nick");
  EXPECT_EQ(ReasonOfFetch(request), "BAD_JID");
  request.Clear();
  request.set_peer("a b");
  EXPECT_EQ(ReasonOfFetch(request), "BAD_JID");
  request.Clear();
  request.mutable_start_time()->set_seconds(2);
  request.mutable_end_time()->set_seconds(1);
  EXPECT_EQ(ReasonOfFetch(request), "BAD_TIME_RANGE");
  request.Clear();
  request.set_after_id("7");
  EXPECT_EQ(ReasonOfFetch(request), "BAD_ARCHIVE_ID") << "the default is newest first";
  request.Clear();
  request.set_before_id(std::string(1025, 'x'));
  EXPECT_EQ(ReasonOfFetch(request), "BAD_ARCHIVE_ID");
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOfFetch(request), "BAD_PAGE");
  request.Clear();
  request.set_page_token("nonsense");
  EXPECT_EQ(ReasonOfFetch(request), "BAD_PAGE");
  request.Clear();
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOfFetch(request), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(ChatArchiveTest, ASessionWithoutArchiveSaysSo) {
  EXPECT_EQ(ReasonOfFetch({}), "NO_ARCHIVE");
  EXPECT_EQ(ReasonOfUpdate(Preferences()), "NO_ARCHIVE");
}

TEST_F(ChatArchiveTest, BadPreferencesAreRefusedWithTheirReason) {
  auto request = Preferences();
  request.mutable_preferences()->clear_default_behavior();
  EXPECT_EQ(ReasonOfUpdate(request), "BAD_ARCHIVE_PREFERENCES");
  request = Preferences();
  request.mutable_preferences()->add_always("eve@example.org");
  request.mutable_preferences()->add_never("EVE@example.org");
  EXPECT_EQ(ReasonOfUpdate(request), "BAD_ARCHIVE_PREFERENCES");
  request = Preferences();
  for (int i = 0; i <= 1000; ++i) {
    request.mutable_preferences()->add_never(std::to_string(i) + ".example.org");
  }
  EXPECT_EQ(ReasonOfUpdate(request), "BAD_ARCHIVE_PREFERENCES");
  request = Preferences();
  request.mutable_preferences()->add_never("a b");
  EXPECT_EQ(ReasonOfUpdate(request), "BAD_JID");
  request = Preferences();
  request.set_request_id("7");
  EXPECT_EQ(ReasonOfUpdate(request), "BAD_REQUEST_ID");
}

}  // namespace
}  // namespace chatwire::xmpp
