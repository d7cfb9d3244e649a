#include "cli/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/status/status_matchers.h"
#include "cli/errors.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::absl_testing::IsOk;
using ::testing::HasSubstr;

class CredentialsTest : public CliTest {
 protected:
  CredentialsTest() : credentials_((directory_ / "chatwire" / "tokens").string()) {}

  static mode_t ModeOf(const std::string& path) {
    struct stat info = {};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777U;
  }

  Credentials credentials_;
};

TEST_F(CredentialsTest, SavesWithModeForTheOwnerOnly) {
  const auto path = credentials_.Save("127.0.0.1:7443", "bot@example.org", "secret");
  ASSERT_THAT(path, IsOk());
  EXPECT_EQ(ModeOf(*path), 0600U);
  EXPECT_EQ(ModeOf((directory_ / "chatwire" / "tokens").string()), 0700U);
}

TEST_F(CredentialsTest, FindsTheOnlyAccountByItself) {
  ASSERT_THAT(credentials_.Save("a:1", "bot@example.org", "secret"), IsOk());
  const auto found = credentials_.Find("a:1", "");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->account, "bot@example.org");
  EXPECT_EQ(found->token, "secret");
}

TEST_F(CredentialsTest, AsksWhichOneWhenThereAreSeveral) {
  ASSERT_THAT(credentials_.Save("a:1", "bot@example.org", "one"), IsOk());
  ASSERT_THAT(credentials_.Save("a:1", "alice@example.org", "two"), IsOk());
  const auto found = credentials_.Find("a:1", "");
  EXPECT_TRUE(HasReason(found.status(), kAccountAmbiguousReason));
  EXPECT_THAT(std::string(found.status().message()),
              HasSubstr("alice@example.org, bot@example.org"));
  EXPECT_EQ(credentials_.Find("a:1", "Alice@Example.org")->token, "two");
}

TEST_F(CredentialsTest, KeepsServicesApart) {
  ASSERT_THAT(credentials_.Save("a:1", "bot@example.org", "one"), IsOk());
  EXPECT_TRUE(HasReason(credentials_.Find("a:2", "").status(), kNoTokenReason));
}

TEST_F(CredentialsTest, ForgetsWhatIsRemoved) {
  ASSERT_THAT(credentials_.Save("a:1", "bot@example.org", "one"), IsOk());
  credentials_.Remove("a:1", "bot@example.org");
  credentials_.Remove("a:1", "bot@example.org");
  EXPECT_TRUE(HasReason(credentials_.Find("a:1", "").status(), kNoTokenReason));
}

TEST_F(CredentialsTest, NamesCannotLeaveTheDirectory) {
  const auto path = credentials_.Save("../../x", "../../../escaped", "one");
  ASSERT_THAT(path, IsOk());
  EXPECT_TRUE(std::filesystem::equivalent(std::filesystem::path(*path).parent_path().parent_path(),
                                          directory_ / "chatwire" / "tokens"));
  EXPECT_EQ(credentials_.Find("../../x", "")->account, "../../../escaped");
}

}  // namespace
}  // namespace chatwire::cli
