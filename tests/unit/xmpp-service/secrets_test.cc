#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/common/temporary_directory.h"
#include "xmpp-service/secrets/sealed_passwords.h"

namespace chatwire::xmpp {
namespace {

class SealedPasswordsTest : public ::testing::Test {
 protected:
  std::unique_ptr<SealedPasswords> Open() { return *SealedPasswords::Open(key_path()); }
  std::string key_path() const { return directory_.Path("password.key"); }

  TemporaryDirectory directory_;
};

TEST_F(SealedPasswordsTest, APasswordOpensAgainAfterARestart) {
  const std::string sealed = Open()->Seal("bot@example.org", "geheim 😀");

  EXPECT_EQ(*Open()->Open("bot@example.org", sealed), "geheim 😀");
}

TEST_F(SealedPasswordsTest, ASealedPasswordShowsNothingAndIsNeverTheSame) {
  const auto passwords = Open();
  const std::string sealed = passwords->Seal("bot@example.org", "geheim");

  EXPECT_EQ(sealed.find("geheim"), std::string::npos);
  EXPECT_NE(passwords->Seal("bot@example.org", "geheim"), sealed);
}

TEST_F(SealedPasswordsTest, AnotherAccountAnotherKeyOrAChangedByteDoNotOpenIt) {
  std::string sealed = Open()->Seal("bot@example.org", "geheim");

  EXPECT_FALSE(Open()->Open("eve@example.org", sealed).ok());
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  EXPECT_FALSE(Open()->Open("bot@example.org", sealed).ok());
  EXPECT_FALSE(Open()->Open("bot@example.org", "short").ok());
  std::filesystem::remove(key_path());
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  EXPECT_FALSE(Open()->Open("bot@example.org", sealed).ok());
}

TEST_F(SealedPasswordsTest, TheKeyIsForTheOwnerAlone) {
  Open();
  struct stat info{};
  ASSERT_EQ(stat(key_path().c_str(), &info), 0);

  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(SealedPasswordsTest, AFileThatHoldsNoKeyIsRefusedAndNotReplaced) {
  std::ofstream(key_path()) << "not a key\n";

  EXPECT_FALSE(SealedPasswords::Open(key_path()).ok());
  std::string line;
  std::getline(std::ifstream(key_path()) >> std::ws, line);
  EXPECT_EQ(line, "not a key");
}

TEST_F(SealedPasswordsTest, EqualComparesWholePasswords) {
  const auto passwords = Open();

  EXPECT_TRUE(passwords->Equal("geheim", "geheim"));
  EXPECT_FALSE(passwords->Equal("geheim", "geheim2"));
  EXPECT_FALSE(passwords->Equal("geheim", ""));
}

}  // namespace
}  // namespace chatwire::xmpp
