#include "xmpp-service/domain/login_pin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/xmpp-service/manual_executor.h"
#include "xmpp-service/domain/sasl_mechanism.h"

namespace chatwire::xmpp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FakePins final : public AccountStore {
 public:
  void ListAccounts(Completion<std::vector<StoredAccount>>) override {}
  void SaveAccount(StoredAccount, Completion<bool>) override {}
  void RemoveAccount(const std::string&, Completion<bool>) override {}
  void GetLoginPin(const std::string&, Completion<std::string> done) override {
    if (failures-- > 0) {
      done(absl::UnavailableError("the disk is busy"));
    } else {
      done(pin);
    }
  }
  void SetLoginPin(const std::string&, const std::string& mechanism,
                   Completion<bool> done) override {
    pin = mechanism;
    done(true);
  }
  void ListContacts(const std::string&, Completion<std::vector<Contact>>) override {}
  void UpdateContacts(const std::string&, std::vector<Contact>, std::vector<std::string>,
                      Completion<bool>) override {}

  std::string pin;
  int failures = 0;
};

class LoginPinTest : public ::testing::Test {
 protected:
  void Load() {
    pin_.Load([this] { ++loaded_; });
    executor_.Run();
  }

  ManualExecutor executor_;
  FakePins store_;
  LoginPin pin_{"bot@example.org", store_, executor_};
  int loaded_ = 0;
};

TEST_F(LoginPinTest, TheStrongestMechanismIsKept) {
  for (const char* mechanism : {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "", "X"}) {
    pin_.OnSignedIn(mechanism, /*keep=*/true);
  }

  EXPECT_EQ(pin_.mechanism(), "SCRAM-SHA-256");
  EXPECT_EQ(store_.pin, "SCRAM-SHA-256");
}

TEST_F(LoginPinTest, WhatIsStoredCountsAfterARestart) {
  store_.pin = "SCRAM-SHA-512";

  Load();

  EXPECT_EQ(pin_.mechanism(), "SCRAM-SHA-512");
  EXPECT_EQ(loaded_, 1);
}

TEST_F(LoginPinTest, NobodySignsInBeforeItIsRead) {
  store_.pin = "SCRAM-SHA-1";
  store_.failures = 1;
  Load();
  EXPECT_EQ(loaded_, 0);

  executor_.Advance(absl::Seconds(2));

  EXPECT_EQ(loaded_, 1);
  EXPECT_EQ(pin_.mechanism(), "SCRAM-SHA-1");
}

TEST_F(LoginPinTest, AFirstLoginIsKeptOnceItIsConfirmed) {
  pin_.OnSignedIn("SCRAM-SHA-1", /*keep=*/false);
  EXPECT_EQ(store_.pin, "");

  pin_.Keep();

  EXPECT_EQ(store_.pin, "SCRAM-SHA-1");
}

TEST_F(LoginPinTest, ANewLoginMayBeWeaker) {
  pin_.OnSignedIn("SCRAM-SHA-256", /*keep=*/true);

  pin_.Reset();
  pin_.OnSignedIn("PLAIN", /*keep=*/true);

  EXPECT_EQ(store_.pin, "PLAIN");
}

TEST(SaslMechanismTest, TheHashesOfScramAreInOrder) {
  EXPECT_THAT(WeakerThan("SCRAM-SHA-256"), ElementsAre("PLAIN", "SCRAM-SHA-1"));
  EXPECT_THAT(WeakerThan("PLAIN"), IsEmpty());
  EXPECT_THAT(WeakerThan(""), IsEmpty());
  EXPECT_TRUE(IsStronger("SCRAM-SHA3-512", "SCRAM-SHA-512"));
  EXPECT_TRUE(IsStronger("PLAIN", ""));
  EXPECT_FALSE(IsStronger("PLAIN", "PLAIN"));
}

}  // namespace
}  // namespace chatwire::xmpp
