// API tokens over a real channel: made once, listed, revoked; and nobody gives away what he has
// not.
#include "common/rpc/token_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "absl/status/status_matchers.h"
#include "common/error.h"
#include "common/rpc/channel.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "common/uuid.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using auth::v1::CreateTokenRequest;
using auth::v1::CreateTokenResponse;
using auth::v1::ListTokensResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class TokenServiceTest : public ::testing::Test {
 protected:
  TokenServiceTest() { Start(true); }
  ~TokenServiceTest() override { Stop(); }

  void Start(bool has_accounts) {
    tokens_ = *TokenStore::Open(directory_.Path("tokens.db"));
    admin_ = *tokens_->Mint({"admin", {"*"}, {"*"}});
    service_ = std::make_unique<TokenService>(
        *tokens_, TokenRules{{"chat", "watch"}, has_accounts},
        [](absl::AnyInvocable<void()> work) { std::thread(std::move(work)).detach(); });
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    server_ = *StartServer(options, {service_.get()});
    stub_ = auth::v1::TokenService::NewStub(*MakeChannel({server_->address(), ""}));
  }

  void Stop() {
    stub_.reset();
    server_.reset();
    service_.reset();
    tokens_.reset();
  }

  static CreateTokenRequest Request(const std::string& label = "door") {
    CreateTokenRequest request;
    request.set_label(label);
    request.add_scopes("chat");
    request.add_accounts("Bot@example.org");
    request.set_request_id(RandomUuid());
    return request;
  }

  absl::StatusOr<CreateTokenResponse> Create(const CreateTokenRequest& request,
                                             const std::string& token) {
    grpc::ClientContext context;
    AttachToken(context, token);
    CreateTokenResponse response;
    const absl::Status status = FromGrpcStatus(stub_->CreateToken(&context, request, &response));
    if (!status.ok()) return status;
    return response;
  }

  /// The reason with which it ends.
  std::string Refusal(const CreateTokenRequest& request) {
    return ReasonOf(Create(request, admin_).status());
  }

  ListTokensResponse List(int32_t page_size = 0, const std::string& page_token = "") {
    grpc::ClientContext context;
    AttachToken(context, admin_);
    auth::v1::ListTokensRequest request;
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    ListTokensResponse response;
    EXPECT_THAT(FromGrpcStatus(stub_->ListTokens(&context, request, &response)), IsOk());
    return response;
  }

  absl::Status Revoke(const std::string& id, const std::string& request_id = RandomUuid()) {
    grpc::ClientContext context;
    AttachToken(context, admin_);
    auth::v1::RevokeTokenRequest request;
    request.set_token_id(id);
    request.set_request_id(request_id);
    auth::v1::RevokeTokenResponse response;
    return FromGrpcStatus(stub_->RevokeToken(&context, request, &response));
  }

  TemporaryDirectory directory_;
  std::unique_ptr<TokenStore> tokens_;
  std::string admin_;
  std::unique_ptr<TokenService> service_;
  std::unique_ptr<RpcServer> server_;
  std::unique_ptr<auth::v1::TokenService::Stub> stub_;
};

TEST_F(TokenServiceTest, ATokenIsGoodForWhatItWasMadeFor) {
  const auto made = Create(Request(), admin_);
  ASSERT_THAT(made, IsOk());
  const auto caller = tokens_->Authenticate(made->token());
  ASSERT_THAT(caller, IsOk());
  EXPECT_EQ(caller->label, "door");
  EXPECT_THAT(caller->scopes, ElementsAre("chat"));
  EXPECT_THAT(caller->accounts, ElementsAre("bot@example.org"));
  EXPECT_EQ(made->info().token_id().size(), 16U);
  EXPECT_FALSE(made->replayed());
}

TEST_F(TokenServiceTest, ARepetitionMakesItAnewAndLeavesOne) {
  const CreateTokenRequest request = Request();
  const auto first = Create(request, admin_);
  const auto second = Create(request, admin_);
  ASSERT_THAT(second, IsOk());
  EXPECT_TRUE(second->replayed());
  EXPECT_EQ(second->info().token_id(), first->info().token_id());
  EXPECT_THAT(tokens_->Authenticate(first->token()), Not(IsOk()));
  EXPECT_THAT(tokens_->Authenticate(second->token()), IsOk());
  EXPECT_EQ(List().tokens_size(), 2);  // with the administrator's

  CreateTokenRequest other = request;
  other.set_label("window");
  EXPECT_EQ(Refusal(other), "REQUEST_ID_REUSED");
}

TEST_F(TokenServiceTest, TheListHasNoTokenAndComesInPages) {
  std::vector<std::string> secrets;
  for (int i = 0; i < 4; ++i) secrets.push_back(Create(Request(), admin_)->token());
  const ListTokensResponse all = List();
  EXPECT_EQ(all.tokens_size(), 5);
  for (const std::string& secret : secrets) {
    EXPECT_THAT(all.DebugString(), Not(HasSubstr(secret)));
  }
  std::vector<std::string> ids;
  std::string page;
  do {
    const ListTokensResponse part = List(2, page);
    EXPECT_LE(part.tokens_size(), 2);
    for (const auto& token : part.tokens()) ids.push_back(token.token_id());
    page = part.next_page_token();
  } while (!page.empty());
  ASSERT_EQ(ids.size(), 5U);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_F(TokenServiceTest, ARevokedTokenIsGoodForNothing) {
  const auto made = Create(Request(), admin_);
  EXPECT_THAT(Revoke(made->info().token_id()), IsOk());
  EXPECT_THAT(tokens_->Authenticate(made->token()), Not(IsOk()));
  EXPECT_EQ(ReasonOf(Revoke(made->info().token_id())), "TOKEN_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Revoke("x", "no uuid")), "BAD_REQUEST_ID");
}

TEST_F(TokenServiceTest, OnlyWhoHasTheScopeMayAndGivesNoMoreThanItsOwn) {
  EXPECT_EQ(ReasonOf(Create(Request(), "").status()), "TOKEN_MISSING");
  EXPECT_EQ(ReasonOf(Create(Request(), "cw_wrong").status()), "TOKEN_INVALID");
  const std::string owner = *tokens_->Mint({"login", {"chat", "watch"}, {"bot@example.org"}});
  EXPECT_EQ(ReasonOf(Create(Request(), owner).status()), "SCOPE_MISSING");
  const std::string helper = *tokens_->Mint({"helper", {"chat", "token"}, {"bot@example.org"}});
  EXPECT_THAT(Create(Request(), helper), IsOk());
  CreateTokenRequest more = Request();
  more.add_scopes("watch");
  EXPECT_EQ(ReasonOf(Create(more, helper).status()), "SCOPE_MISSING");
  CreateTokenRequest others = Request();
  others.add_accounts("*");
  EXPECT_EQ(ReasonOf(Create(others, helper).status()), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(TokenServiceTest, RefusesWhatMakesNoSense) {
  CreateTokenRequest wrong = Request();
  wrong.set_request_id("1");
  EXPECT_EQ(Refusal(wrong), "BAD_REQUEST_ID");
  for (const std::string& label :
       {std::string(), std::string(65, 'x'), std::string("a\nb"), std::string("admin")}) {
    EXPECT_EQ(Refusal(Request(label)), "BAD_LABEL") << label;
  }
  wrong = Request();
  wrong.add_scopes("raw\nchat");
  EXPECT_EQ(Refusal(wrong), "BAD_SCOPE");
  wrong = Request();
  wrong.clear_scopes();
  EXPECT_EQ(Refusal(wrong), "BAD_SCOPE");
  for (const char* const account : {"", "bot", "@b", "a@", "a@b/c", "a@b@c", "a@b\nc@d", "a @b"}) {
    wrong = Request();
    wrong.add_accounts(account);
    EXPECT_EQ(Refusal(wrong), "BAD_ACCOUNT") << account;
  }
  wrong = Request();
  wrong.clear_accounts();
  EXPECT_EQ(Refusal(wrong), "BAD_ACCOUNT");
}

TEST_F(TokenServiceTest, AServiceWithoutAccountsWantsNone) {
  Stop();
  Start(false);
  EXPECT_EQ(Refusal(Request()), "BAD_ACCOUNT");
  CreateTokenRequest request = Request();
  request.clear_accounts();
  EXPECT_THAT(Create(request, admin_), IsOk());
}

}  // namespace
}  // namespace chatwire
