// Registering, changing the password and deleting an account, over a real channel.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

using ::testing::HasSubstr;

class AccountChangesTest : public ServiceFixture {
 protected:
  absl::Status ChangePassword(const std::string& token, const std::string& password,
                              absl::Duration deadline = absl::Seconds(10)) {
    v1::ChangePasswordRequest request;
    request.set_new_password(password);
    v1::ChangePasswordResponse response;
    return FromGrpcStatus(v1::AccountService::NewStub(channel_)->ChangePassword(
        Context(token, deadline).get(), request, &response));
  }

  absl::Status Delete(const std::string& token, const std::string& account = kBot) {
    v1::DeleteAccountRequest request;
    request.set_account(account);
    v1::DeleteAccountResponse response;
    return FromGrpcStatus(v1::AccountService::NewStub(channel_)->DeleteAccount(Context(token).get(),
                                                                               request, &response));
  }

  absl::StatusOr<v1::GetRegistrationFormResponse> GetForm() {
    v1::GetRegistrationFormRequest request;
    request.set_server("Example.net");
    v1::GetRegistrationFormResponse response;
    const absl::Status status =
        FromGrpcStatus(v1::AccountService::NewStub(channel_)->GetRegistrationForm(
            Context("").get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  absl::StatusOr<v1::RegisterResponse> Register(const v1::RegisterRequest& request) {
    v1::RegisterResponse response;
    const absl::Status status = FromGrpcStatus(
        v1::AccountService::NewStub(channel_)->Register(Context("").get(), request, &response));
    if (!status.ok()) return status;
    return response;
  }

  static v1::RegisterRequest Newcomer() {
    v1::RegisterRequest request;
    request.set_server("example.net");
    request.set_username("Newcomer");
    request.set_password("geheim");
    return request;
  }

  void OpenRegistration(const std::vector<std::string>& names = {"username", "password"}) {
    RegistrationForm form;
    form.instructions = "Choose.";
    for (const std::string& name : names) {
      FormField field;
      field.name = name;
      form.fields.push_back(field);
    }
    xmpp_.SetRegistrationForm(form);
  }

  bool ComesOnline() {
    return Eventually([&] {
      journal_.clock.Advance(absl::Minutes(1));
      return xmpp_.IsOnline(kBot);
    });
  }
  void Cut() { xmpp_.Break(kBot, {FailureReason::kServerUnreachable, "cut", false}); }
};

TEST_F(AccountChangesTest, ANewPasswordIsTheServersAndThenOurs) {
  const std::string token = Login();

  ASSERT_TRUE(ChangePassword(token, "changed").ok());

  EXPECT_EQ(xmpp_.PasswordOf(kBot), "changed");
  EXPECT_TRUE(GetAccount(token).ok()) << "tokens stay valid";
  Cut();
  EXPECT_TRUE(ComesOnline());
  Restart();
  EXPECT_TRUE(ComesOnline());
}

TEST_F(AccountChangesTest, ARefusedPasswordChangesNothing) {
  const std::string token = Login();
  xmpp_.SetAccountBehaviour(AccountBehaviour::kRefuses);

  EXPECT_EQ(ReasonOf(ChangePassword(token, "changed")), "XMPP_NOT_ALLOWED");
  EXPECT_EQ(ReasonOf(ChangePassword(token, "")), "EMPTY_PASSWORD");
  EXPECT_EQ(ReasonOf(ChangePassword(token, std::string(1025, 'x'))), "BAD_PASSWORD");

  Restart();
  EXPECT_TRUE(ComesOnline());
}

TEST_F(AccountChangesTest, WhenTheAnswerIsLostTheNextLoginFindsOutWhichPasswordItIs) {
  const std::string token = Login();
  int asked = 0;
  for (const auto behaviour : {AccountBehaviour::kObeysSilently, AccountBehaviour::kIgnores}) {
    xmpp_.SetAccountBehaviour(behaviour);
    const std::string password = "changed" + std::to_string(++asked);
    std::thread caller(
        [&] { EXPECT_EQ(ReasonOf(ChangePassword(token, password)), "SESSION_OFFLINE"); });
    EXPECT_TRUE(Eventually([&] { return xmpp_.account_requests() == asked; }));
    EXPECT_EQ(ReasonOf(ChangePassword(token, "x")), "ACCOUNT_BUSY");
    Cut();
    caller.join();
    EXPECT_TRUE(ComesOnline());

    // And it is stored: the other one is of no use any more.
    Restart();
    EXPECT_TRUE(ComesOnline());
  }
}

TEST_F(AccountChangesTest, ACrashWhileThePasswordChangesLeavesTheAccountOnline) {
  const std::string token = Login();
  xmpp_.SetAccountBehaviour(AccountBehaviour::kObeysSilently);
  std::thread caller([&] { EXPECT_FALSE(ChangePassword(token, "changed").ok()); });
  EXPECT_TRUE(Eventually([&] { return xmpp_.PasswordOf(kBot) == "changed"; }));

  Restart();
  caller.join();

  EXPECT_TRUE(ComesOnline());
}

TEST_F(AccountChangesTest, ADeletedAccountIsGoneHereToo) {
  const std::string token = Login();
  EXPECT_EQ(ReasonOf(Delete(token, "")), "ACCOUNT_REQUIRED");

  ASSERT_TRUE(Delete(token).ok());

  EXPECT_EQ(xmpp_.PasswordOf(kBot), "");
  EXPECT_EQ(ReasonOf(GetAccount(token).status()), "TOKEN_INVALID");
  Restart();
  EXPECT_TRUE(accounts_->List().empty());
}

TEST_F(AccountChangesTest, AServerThatRefusesOrLiesDeletesNothing) {
  const std::string token = Login();

  xmpp_.SetAccountBehaviour(AccountBehaviour::kRefuses);
  EXPECT_EQ(ReasonOf(Delete(token)), "XMPP_NOT_ALLOWED");
  xmpp_.SetAccountBehaviour(AccountBehaviour::kLies);
  EXPECT_EQ(ReasonOf(Delete(token)), "ACCOUNT_NOT_DELETED");

  EXPECT_EQ(GetAccount(token)->connection().state(), v1::CONNECTION_STATE_ONLINE);
}

TEST_F(AccountChangesTest, APulledCableDeletesNothingUntilTheServerIsSeenToHaveDoneIt) {
  const std::string token = Login();
  xmpp_.SetAccountBehaviour(AccountBehaviour::kObeysSilently);
  std::thread caller([&] { EXPECT_EQ(ReasonOf(Delete(token)), "DELETION_UNCONFIRMED"); });
  EXPECT_TRUE(Eventually([&] { return xmpp_.PasswordOf(kBot).empty(); }));
  xmpp_.SetFailure(ConnectionFailure{FailureReason::kServerUnreachable, "no route", false});
  Cut();
  caller.join();
  EXPECT_TRUE(GetAccount(token).ok()) << "still known";

  // Also the next process knows that the server was asked.
  Restart();
  EXPECT_EQ(ReasonOf(Delete(token)), "DELETION_UNCONFIRMED");
  xmpp_.SetFailure(std::nullopt);
  EXPECT_TRUE(Delete(token).ok());
  EXPECT_TRUE(accounts_->List().empty());
}

TEST_F(AccountChangesTest, ANewAccountIsRegisteredAndSignedIn) {
  OpenRegistration();
  auto request = Newcomer();
  request.set_login(true);

  const auto response = Register(request);

  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->jid(), "newcomer@example.net");
  EXPECT_EQ(GetAccount(response->token())->account(), "newcomer@example.net");
  EXPECT_EQ(ReasonOf(Register(request).status()), "USERNAME_TAKEN");
}

TEST_F(AccountChangesTest, AFormIsGoodForOneRegistrationWithinItsTime) {
  OpenRegistration({"username", "password", "email"});
  const auto form = GetForm();
  ASSERT_TRUE(form.ok()) << form.status();
  EXPECT_EQ(form->instructions(), "Choose.");
  EXPECT_EQ(form->fields_size(), 3);
  auto request = Newcomer();
  request.clear_server();
  request.set_registration_id(form->registration_id());
  auto* email = request.add_answers();
  email->set_name("email");
  email->add_values("n@example.net");

  EXPECT_TRUE(Register(request).ok());
  EXPECT_EQ(ReasonOf(Register(request).status()), "REGISTRATION_EXPIRED");
  EXPECT_EQ(xmpp_.PasswordOf("newcomer@example.net"), "geheim");
}

TEST_F(AccountChangesTest, BadRegistrationsAreRefusedWithTheirReason) {
  EXPECT_EQ(ReasonOf(GetForm().status()), "REGISTRATION_CLOSED");
  OpenRegistration();
  auto request = Newcomer();
  request.add_answers()->set_name("shoe-size");
  request.mutable_answers(0)->add_values("44");
  EXPECT_EQ(ReasonOf(Register(request).status()), "BAD_FORM");
  request.clear_answers();
  request.set_server("no/domain");
  EXPECT_EQ(ReasonOf(Register(request).status()), "BAD_SERVER");
  request = Newcomer();
  request.set_username("a b");
  EXPECT_EQ(ReasonOf(Register(request).status()), "BAD_JID");
  request = Newcomer();
  request.set_password("");
  EXPECT_EQ(ReasonOf(Register(request).status()), "EMPTY_PASSWORD");
}

TEST_F(AccountChangesTest, AnAddressMayNotRegisterForEver) {
  OpenRegistration();
  for (int i = 0; i < registrations_per_minute_; ++i) EXPECT_TRUE(GetForm().ok());
  EXPECT_EQ(ReasonOf(GetForm().status()), "TOO_MANY_REGISTRATIONS");
  EXPECT_EQ(ReasonOf(Register(Newcomer()).status()), "TOO_MANY_REGISTRATIONS");
  journal_.clock.Advance(absl::Seconds(11));
  EXPECT_TRUE(GetForm().ok());

  registrations_per_minute_ = 0;
  Restart();
  EXPECT_EQ(ReasonOf(GetForm().status()), "REGISTRATION_DISABLED");
}

}  // namespace
}  // namespace chatwire::xmpp
