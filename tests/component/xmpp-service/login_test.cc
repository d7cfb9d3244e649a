#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

class LoginTest : public ServiceFixture {
 protected:
  std::string ReasonOfLogin(const std::string& jid, const std::string& password) {
    v1::LoginRequest request;
    request.set_jid(jid);
    request.set_password(password);
    return ReasonOf(TryLogin(request));
  }
};

TEST_F(LoginTest, AnAccountComesOnlineAndItsTokenIsForItAlone) {
  const std::string token = Login();

  const auto account = GetAccount(token);
  ASSERT_TRUE(account.ok()) << account.status();
  EXPECT_EQ(account->account(), kBot);
  EXPECT_EQ(account->connection().state(), v1::CONNECTION_STATE_ONLINE);
  EXPECT_THAT(account->resource(), ::testing::StartsWith("chatwire-"));
}

TEST_F(LoginTest, BadInputIsRefusedWithItsReason) {
  EXPECT_EQ(ReasonOfLogin("bot", kPassword), "BAD_JID");
  EXPECT_EQ(ReasonOfLogin("bot@example.org/phone", kPassword), "BAD_JID");
  EXPECT_EQ(ReasonOfLogin(kBot, ""), "EMPTY_PASSWORD");
  v1::LoginRequest request;
  request.set_jid(kBot);
  request.set_password(kPassword);
  request.set_request_id("not a uuid");
  EXPECT_EQ(ReasonOf(TryLogin(request)), "BAD_REQUEST_ID");
}

TEST_F(LoginTest, EveryFailureOfTheServerHasItsReasonAndLeavesNothingBehind) {
  const std::pair<FailureReason, const char*> cases[] = {
      {FailureReason::kWrongPassword, "WRONG_PASSWORD"},
      {FailureReason::kServerUnreachable, "SERVER_UNREACHABLE"},
      {FailureReason::kStreamError, "SERVER_UNREACHABLE"},
      {FailureReason::kTlsFailed, "TLS_FAILED"},
      {FailureReason::kLoginTimeout, "LOGIN_TIMEOUT"}};
  for (const auto& [failure, reason] : cases) {
    xmpp_.SetFailure(ConnectionFailure{failure, "because", false});
    EXPECT_EQ(ReasonOfLogin(kBot, kPassword), reason);
  }
  EXPECT_TRUE(accounts_->List().empty());
  EXPECT_TRUE(journal_.Events().empty());
}

TEST_F(LoginTest, AWrongPasswordForAnAccountThatIsHereDoesItNoHarm) {
  const std::string token = Login();

  EXPECT_EQ(ReasonOfLogin(kBot, "guess"), "WRONG_PASSWORD");

  EXPECT_EQ(GetAccount(token)->connection().state(), v1::CONNECTION_STATE_ONLINE);
}

TEST_F(LoginTest, ASecondLoginMintsOneMoreToken) {
  const std::string first = Login();
  const std::string second = Login();

  EXPECT_NE(first, second);
  EXPECT_TRUE(GetAccount(first).ok());
  EXPECT_TRUE(GetAccount(second).ok());
  EXPECT_EQ(accounts_->List().size(), 1U);
}

TEST_F(LoginTest, ANewPasswordIsTakenOverOnceTheServerTakesIt) {
  Login();
  xmpp_.SetPassword(kBot, "changed");

  Login(kBot, "changed");
  Restart();

  EXPECT_TRUE(Eventually([&] { return xmpp_.IsOnline(kBot); })) << "with the new password";
}

TEST_F(LoginTest, ManyLoginsAtOnceMakeOneAccount) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) callers.emplace_back([this] { Login(); });
  for (auto& caller : callers) caller.join();

  EXPECT_EQ(accounts_->List().size(), 1U);
}

TEST_F(LoginTest, ThereIsALimitToAccounts) {
  for (size_t i = 0; i < maximum_accounts_; ++i) {
    const std::string jid = "user" + std::to_string(i) + "@example.org";
    xmpp_.SetPassword(jid, "p");
    Login(jid, "p");
  }

  EXPECT_EQ(ReasonOfLogin(kBot, kPassword), "TOO_MANY_ACCOUNTS");
  Login("user0@example.org", "p");
}

TEST_F(LoginTest, AnAccountComesBackAfterARestartWithResourceAndPresence) {
  const std::string token = Login();
  const std::string resource = GetAccount(token)->resource();
  v1::SetPresenceRequest request;
  request.mutable_presence()->set_availability(v1::AVAILABILITY_AWAY);
  request.mutable_presence()->set_status("brb");
  v1::SetPresenceResponse response;
  const auto presence = v1::PresenceService::NewStub(channel_);
  ASSERT_TRUE(presence->SetPresence(Context(token).get(), request, &response).ok());

  Restart();

  ASSERT_TRUE(Eventually([&] {
    const auto account = GetAccount(token);
    return account.ok() && account->connection().state() == v1::CONNECTION_STATE_ONLINE;
  }));
  EXPECT_EQ(GetAccount(token)->resource(), resource);
  EXPECT_EQ(xmpp_.Shown(kBot).back().status, "brb");
}

TEST_F(LoginTest, ALostSessionComesBackByItself) {
  const std::string token = Login();

  xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "cut", false});
  ASSERT_TRUE(Eventually(
      [&] { return GetAccount(token)->connection().state() == v1::CONNECTION_STATE_BACKING_OFF; }));
  EXPECT_EQ(GetAccount(token)->connection().failure().reason(), "SERVER_UNREACHABLE");
  journal_.clock.Advance(absl::Minutes(6));

  EXPECT_TRUE(Eventually(
      [&] { return GetAccount(token)->connection().state() == v1::CONNECTION_STATE_ONLINE; }));
}

TEST_F(LoginTest, AConflictIsFinalUntilANewLogin) {
  const std::string token = Login();

  xmpp_.Break(kBot, {FailureReason::kConflict, "another client", true});
  ASSERT_TRUE(Eventually(
      [&] { return GetAccount(token)->connection().state() == v1::CONNECTION_STATE_FAILED; }));
  journal_.clock.Advance(absl::Hours(1));
  EXPECT_EQ(GetAccount(token)->connection().failure().reason(), "CONFLICT");

  Login();
  EXPECT_EQ(GetAccount(token)->connection().state(), v1::CONNECTION_STATE_ONLINE);
}

TEST_F(LoginTest, LogoutEndsTheSessionAndRevokesTheTokens) {
  const std::string token = Login();
  v1::LogoutRequest request;
  v1::LogoutResponse response;
  const auto stub = v1::AccountService::NewStub(channel_);

  ASSERT_TRUE(stub->Logout(Context(token).get(), request, &response).ok());

  EXPECT_EQ(ReasonOf(GetAccount(token).status()), "TOKEN_INVALID");
  EXPECT_FALSE(xmpp_.IsOnline(kBot));
  request.set_account(kBot);
  EXPECT_EQ(ReasonOf(FromGrpcStatus(stub->Logout(Context(admin_token_).get(), request, &response))),
            "ACCOUNT_NOT_FOUND");
  Restart();
  EXPECT_TRUE(accounts_->List().empty());
}

TEST_F(LoginTest, AListShowsOnlyWhatTheTokenMaySeeInPages) {
  xmpp_.SetPassword(kAlice, "p");
  Login(kAlice, "p");
  const std::string token = Login();
  const auto stub = v1::AccountService::NewStub(channel_);
  v1::ListAccountsRequest request;
  request.set_page_size(1);
  v1::ListAccountsResponse own;
  v1::ListAccountsResponse first;
  v1::ListAccountsResponse second;

  ASSERT_TRUE(stub->ListAccounts(Context(token).get(), request, &own).ok());
  ASSERT_TRUE(stub->ListAccounts(Context(admin_token_).get(), request, &first).ok());
  request.set_page_token(first.next_page_token());
  ASSERT_TRUE(stub->ListAccounts(Context(admin_token_).get(), request, &second).ok());

  ASSERT_EQ(own.accounts_size(), 1);
  EXPECT_EQ(own.accounts(0).account(), kBot);
  EXPECT_EQ(own.next_page_token(), "");
  EXPECT_EQ(first.accounts(0).account(), kAlice);
  EXPECT_EQ(second.accounts(0).account(), kBot);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(LoginTest, ContactsAreListedAlsoWhileOffline) {
  Contact alice;
  alice.jid = kAlice;
  alice.name = "Alice";
  alice.subscription = Subscription::kBoth;
  xmpp_.SetRoster(kBot, {alice});
  const std::string token = Login();
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "down", false});

  Restart();

  const auto stub = v1::RosterService::NewStub(channel_);
  v1::ListContactsResponse response;
  ASSERT_TRUE(Eventually([&] {
    return stub->ListContacts(Context(token).get(), {}, &response).ok() &&
           response.contacts_size() == 1;
  }));
  EXPECT_EQ(response.contacts(0).name(), "Alice");
  EXPECT_EQ(response.contacts(0).subscription(), v1::SUBSCRIPTION_BOTH);
}

}  // namespace
}  // namespace chatwire::xmpp
