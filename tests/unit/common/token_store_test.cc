#include "common/auth/token_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/status/status_matchers.h"
#include "common/error.h"
#include "common/secret_file.h"
#include "common/sqlite/database.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;
using ::testing::ElementsAre;

class TokenStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<TokenStore> Open() {
    auto store = TokenStore::Open(directory_.Path("tokens.db"));
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  /// The bytes of every file of the store.
  std::string OnDisk() const {
    std::stringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.Path(""))) {
      all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    return all.str();
  }

  TemporaryDirectory directory_;
};

TEST_F(TokenStoreTest, KnowsTheCallerAlsoAfterARestart) {
  const auto token = Open()->Mint({"login bot", {"chat", "watch"}, {"bot@example.org"}});
  ASSERT_THAT(token, IsOk());
  const auto caller = Open()->Authenticate(*token);
  ASSERT_THAT(caller, IsOk());
  EXPECT_EQ(caller->label, "login bot");
  EXPECT_THAT(caller->scopes, ElementsAre("chat", "watch"));
  EXPECT_THAT(caller->accounts, ElementsAre("bot@example.org"));
}

TEST_F(TokenStoreTest, TokensAreLongAndDiffer) {
  const auto store = Open();
  const auto first = store->Mint({});
  const auto second = store->Mint({});
  ASSERT_THAT(first, IsOk());
  EXPECT_NE(*first, *second);
  // 256 bits in base64, and the prefix.
  EXPECT_GE(first->size(), 46U);
  EXPECT_EQ(
      first->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
      std::string::npos);
}

TEST_F(TokenStoreTest, OnlyAHashIsOnDisk) {
  const auto store = Open();
  const auto token = store->Mint({"label-on-disk", {"*"}, {"*"}});
  ASSERT_THAT(token, IsOk());
  const std::string disk = OnDisk();
  EXPECT_NE(disk.find("label-on-disk"), std::string::npos) << "the test looks in the right place";
  EXPECT_EQ(disk.find(*token), std::string::npos);
  EXPECT_EQ(disk.find(token->substr(3)), std::string::npos);
}

TEST_F(TokenStoreTest, RefusesOtherTokens) {
  const auto store = Open();
  const auto token = store->Mint({});
  for (const std::string& wrong :
       {std::string(), *token + "x", token->substr(1), std::string("*")}) {
    const auto caller = store->Authenticate(wrong);
    EXPECT_THAT(caller, StatusIs(absl::StatusCode::kUnauthenticated));
    EXPECT_EQ(ReasonOf(caller.status()), "TOKEN_INVALID");
  }
}

TEST_F(TokenStoreTest, RevokesTheTokensOfOneAccountOnly) {
  const auto store = Open();
  const auto one = store->Mint({"", {"*"}, {"a@example.org"}});
  const auto again = store->Mint({"", {"*"}, {"a@example.org"}});
  const auto other = store->Mint({"", {"*"}, {"b@example.org"}});
  const auto both = store->Mint({"", {"*"}, {"a@example.org", "b@example.org"}});
  ASSERT_THAT(store->RevokeForAccount("a@example.org"), IsOk());
  EXPECT_FALSE(store->Authenticate(*one).ok());
  EXPECT_FALSE(store->Authenticate(*again).ok());
  EXPECT_THAT(store->Authenticate(*other), IsOk());
  EXPECT_THAT(store->Authenticate(*both), IsOk());
}

TEST_F(TokenStoreTest, MakesAnAdminTokenOnce) {
  const std::string path = directory_.Path("admin.token");
  EXPECT_THAT(Open()->EnsureAdminToken(path), IsOkAndHolds(true));
  const auto token = ReadSecretFile(path);
  ASSERT_THAT(token, IsOk());
  const auto store = Open();
  EXPECT_THAT(store->EnsureAdminToken(path), IsOkAndHolds(false));
  EXPECT_THAT(ReadSecretFile(path), IsOkAndHolds(*token));
  EXPECT_TRUE(store->Authenticate(*token)->HasScope("anything"));
}

TEST_F(TokenStoreTest, ALostAdminTokenIsReplacedAndRevoked) {
  const std::string path = directory_.Path("admin.token");
  const auto store = Open();
  ASSERT_THAT(store->EnsureAdminToken(path), IsOkAndHolds(true));
  const std::string lost = *ReadSecretFile(path);
  const auto login = store->Mint({"login bot", {"chat"}, {"bot@example.org"}});
  std::filesystem::remove(path);
  EXPECT_THAT(store->EnsureAdminToken(path), IsOkAndHolds(true));
  EXPECT_FALSE(store->Authenticate(lost).ok());
  EXPECT_THAT(store->Authenticate(*ReadSecretFile(path)), IsOk());
  EXPECT_THAT(store->Authenticate(*login), IsOk()) << "other tokens stay";
}

TEST_F(TokenStoreTest, AnAdminFileOfAnotherDatabaseIsReplaced) {
  const std::string path = directory_.Path("admin.token");
  ASSERT_THAT(WriteSecretFile(path, "cw_from-elsewhere\n"), IsOk());
  const auto store = Open();
  EXPECT_THAT(store->EnsureAdminToken(path), IsOkAndHolds(true));
  EXPECT_THAT(store->Authenticate(*ReadSecretFile(path)), IsOk());
}

TEST_F(TokenStoreTest, TokensOfTheFirstVersionGetIds) {
  {
    auto old = sqlite::Database::Open(directory_.Path("tokens.db"));
    ASSERT_THAT(old, IsOk());
    ASSERT_THAT(old->Execute("CREATE TABLE token (hash BLOB PRIMARY KEY, label TEXT NOT NULL, "
                             "scopes TEXT NOT NULL, accounts TEXT NOT NULL, create_time INTEGER "
                             "NOT NULL) WITHOUT ROWID;"
                             "INSERT INTO token VALUES(x'0011223344556677FF', 'old', '*', '*', 1);"
                             "PRAGMA user_version = 1"),
                IsOk());
  }
  const auto tokens = Open()->List("", 10);
  ASSERT_THAT(tokens, IsOk());
  ASSERT_EQ(tokens->size(), 1U);
  EXPECT_EQ(tokens->front().id, "0011223344556677");
  EXPECT_EQ(tokens->front().caller.label, "old");
}

}  // namespace
}  // namespace chatwire
