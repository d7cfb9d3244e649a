// What BookmarkService says to input and callers; a fake stands for the server's list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"
#include "xmpp-service/domain/bookmark_port.h"

namespace chatwire::xmpp {
namespace {

constexpr char kBookmarkedRoom[] = "coven@chat.example.org";

/// A list in memory; used on the sessions' thread, looked at when a call has come back.
class FakeBookmarks final : public BookmarkPort {
 public:
  void SetListener(BookmarkListener*) override {}
  void List(Completion<std::vector<SecretBookmark>> done) override {
    std::vector<SecretBookmark> all;
    for (const auto& [room, bookmark] : list) all.push_back(bookmark);
    done(std::move(all));
  }
  void Set(BookmarkWish wish, Completion<bool> done) override {
    wish.bookmark.has_password = !wish.password.value_or("").empty();
    list[wish.bookmark.room] = {wish.bookmark, wish.password.value_or("")};
    done(true);
  }
  void Remove(const std::string& room, Completion<bool> done) override {
    list.erase(room);
    done(true);
  }

  std::map<std::string, SecretBookmark> list;
};

class BookmarkTest : public ServiceFixture {
 protected:
  BookmarkTest() {
    SessionPorts ports;
    ports.bookmarks = &server_;
    xmpp_.SetPorts(ports);
    token_ = Login();
    stub_ = v1::BookmarkService::NewStub(channel_);
  }

  template <typename Request, typename Response>
  std::string Reason(grpc::Status (v1::BookmarkService::Stub::*call)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                     const Request& request) {
    Response response;
    const auto context = Context(token_);
    return ReasonOf(FromGrpcStatus((stub_.get()->*call)(context.get(), request, &response)));
  }

  std::string Set(const v1::SetBookmarkRequest& request) {
    return Reason(&v1::BookmarkService::Stub::SetBookmark, request);
  }

  static v1::SetBookmarkRequest Coven() {
    v1::SetBookmarkRequest request;
    request.mutable_bookmark()->set_room(kBookmarkedRoom);
    request.set_request_id(RandomUuid());
    return request;
  }

  v1::ListBookmarksResponse List(const v1::ListBookmarksRequest& request = {}) {
    v1::ListBookmarksResponse response;
    EXPECT_TRUE(stub_->ListBookmarks(Context(token_).get(), request, &response).ok());
    return response;
  }

  bool Policy() {
    v1::GetBookmarkPolicyResponse response;
    EXPECT_TRUE(stub_->GetBookmarkPolicy(Context(token_).get(), {}, &response).ok());
    return response.policy().autojoin();
  }

  FakeBookmarks server_;
  std::string token_;
  std::unique_ptr<v1::BookmarkService::Stub> stub_;
};

TEST_F(BookmarkTest, BadInputIsRefusedWithItsReason) {
  auto request = Coven();
  request.mutable_bookmark()->set_room("chat.example.org");
  EXPECT_EQ(Set(request), "BAD_ROOM");
  request = Coven();
  request.mutable_bookmark()->set_nick("a\nb");
  EXPECT_EQ(Set(request), "BAD_NICK");
  request = Coven();
  request.mutable_bookmark()->set_name(std::string(1025, 'x'));
  EXPECT_EQ(Set(request), "BAD_NAME");
  request = Coven();
  request.set_password("bell\a");
  EXPECT_EQ(Set(request), "BAD_PASSWORD");
  request = Coven();
  request.set_request_id("7");
  EXPECT_EQ(Set(request), "BAD_REQUEST_ID");
  request = Coven();
  request.set_account(kAlice);
  EXPECT_EQ(Set(request), "ACCOUNT_NOT_ALLOWED");
  v1::ListBookmarksRequest list;
  list.set_page_size(-1);
  EXPECT_EQ(Reason(&v1::BookmarkService::Stub::ListBookmarks, list), "BAD_PAGE");
  v1::RemoveBookmarkRequest remove;
  remove.set_room("nonsense");
  EXPECT_EQ(Reason(&v1::BookmarkService::Stub::RemoveBookmark, remove), "BAD_ROOM");
  EXPECT_EQ(Reason(&v1::BookmarkService::Stub::SetBookmarkPolicy, v1::SetBookmarkPolicyRequest()),
            "BAD_REQUEST_ID");
}

TEST_F(BookmarkTest, TheListComesInPagesAndShowsNoPassword) {
  for (const char* room : {"a@chat.example.org", "b@chat.example.org", "c@chat.example.org"}) {
    auto request = Coven();
    request.mutable_bookmark()->set_room(room);
    request.set_password("cauldronburn");
    EXPECT_EQ(Set(request), "");
  }
  v1::ListBookmarksRequest request;
  request.set_page_size(2);
  const auto first = List(request);
  request.set_page_token(first.next_page_token());
  const auto second = List(request);

  ASSERT_EQ(first.bookmarks_size(), 2);
  EXPECT_TRUE(first.bookmarks(0).has_password());
  EXPECT_THAT(first.DebugString(), ::testing::Not(::testing::HasSubstr("cauldronburn")));
  ASSERT_EQ(second.bookmarks_size(), 1);
  EXPECT_EQ(second.bookmarks(0).room(), "c@chat.example.org");
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(BookmarkTest, AServerWithoutBookmarksIsSaidSo) {
  xmpp_.SetPorts({});

  EXPECT_EQ(Set(Coven()), "BOOKMARKS_UNSUPPORTED");
}

TEST_F(BookmarkTest, ThePolicyOutlivesARestart) {
  EXPECT_FALSE(Policy());
  v1::SetBookmarkPolicyRequest request;
  request.mutable_policy()->set_autojoin(true);
  request.set_request_id(RandomUuid());
  EXPECT_EQ(Reason(&v1::BookmarkService::Stub::SetBookmarkPolicy, request), "");
  EXPECT_TRUE(Policy());

  // What is asked for from now on would outlive this test.
  xmpp_.SetPorts({});
  Restart();
  stub_ = v1::BookmarkService::NewStub(channel_);

  EXPECT_TRUE(Eventually([this] { return Policy(); }));
}

}  // namespace
}  // namespace chatwire::xmpp
