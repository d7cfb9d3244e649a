// What is kept in files: secrets and the state directory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <optional>

#include "absl/status/status_matchers.h"
#include "common/error.h"
#include "common/secret_file.h"
#include "common/state_dir.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

mode_t ModeOf(const std::string& path) {
  struct stat info = {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777U;
}

class SecretFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& content) {
    const std::string path = directory_.Path("file");
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

  TemporaryDirectory directory_;
};

TEST_F(SecretFileTest, IsForItsOwnerOnly) {
  const std::string path = directory_.Path("secret");
  ASSERT_THAT(WriteSecretFile(path, "s3cret"), IsOk());
  EXPECT_EQ(ModeOf(path), 0600U);
  EXPECT_THAT(ReadSecretFile(path), IsOkAndHolds("s3cret"));
}

TEST_F(SecretFileTest, TakesRightsAwayFromAFileThatWasOpenToOthers) {
  const std::string path = Write("old");
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  ASSERT_THAT(WriteSecretFile(path, "new"), IsOk());
  EXPECT_EQ(ModeOf(path), 0600U);
  EXPECT_THAT(ReadSecretFile(path), IsOkAndHolds("new"));
}

TEST_F(SecretFileTest, LeavesNothingBesideTheFile) {
  ASSERT_THAT(WriteSecretFile(directory_.Path("secret"), "s3cret"), IsOk());
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_.Path(""))) {
    EXPECT_EQ(entry.path().filename(), "secret");
    ++count;
  }
  EXPECT_EQ(count, 1);
}

TEST_F(SecretFileTest, KeepsTheOldContentWhenItCannotWrite) {
  // A directory of that name is in the way: the rename fails at the very end.
  const std::string path = directory_.Path("taken");
  std::filesystem::create_directories(path + "/child");
  EXPECT_THAT(WriteSecretFile(path, "s3cret"), Not(IsOk()));
  EXPECT_TRUE(std::filesystem::exists(path + "/child"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_.Path("")), {}), 1);
}

TEST_F(SecretFileTest, DropsOneLineBreakAtTheEnd) {
  EXPECT_THAT(ReadSecretFile(Write("s3cret\n")), IsOkAndHolds("s3cret"));
  EXPECT_THAT(ReadSecretFile(Write("s3cret\r\n")), IsOkAndHolds("s3cret"));
  EXPECT_THAT(ReadSecretFile(Write(" s3cret \n\n")), IsOkAndHolds(" s3cret \n"));
}

TEST_F(SecretFileTest, RefusesWhatCannotBeASecret) {
  EXPECT_THAT(ReadSecretFile(directory_.Path("none")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ReadSecretFile(Write("")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadSecretFile(Write("\n")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadSecretFile(directory_.Path("")), Not(IsOk()));
  const auto tooLong = ReadSecretFile(Write(std::string(70'000, 'x')));
  EXPECT_THAT(tooLong, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(tooLong.status().message()), Not(HasSubstr("xxx")));
}

TEST_F(SecretFileTest, ATokenIsTakenWithoutWhatStandsAroundIt) {
  EXPECT_THAT(ReadTokenFile(Write("\n tok-en.1 \r\n\n")), IsOkAndHolds("tok-en.1"));
}

TEST_F(SecretFileTest, RefusesWhatCannotBeAToken) {
  for (const char* const content : {"tok\nen\n", "tok en", "tok\xff\xfe", "tok\x01"}) {
    EXPECT_THAT(ReadTokenFile(Write(content)),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("does not hold a token")));
  }
  EXPECT_THAT(ReadTokenFile(Write("\n\n")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is empty")));
}

TEST_F(SecretFileTest, AuthoritiesMayBeLargerThanASecret) {
  const std::string bundle(300'000, 'x');
  EXPECT_THAT(ReadPublicFile(Write(bundle)), IsOkAndHolds(bundle));
  EXPECT_THAT(ReadPublicFile(Write(std::string(5'000'000, 'x'))),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(SecretFileTest, WhatIsNoSecretCanBeReadByOthers) {
  const mode_t old_mask = umask(022);
  ASSERT_THAT(WriteFileAtomically(directory_.Path("ready"), "127.0.0.1:1"), IsOk());
  umask(old_mask);
  EXPECT_EQ(ModeOf(directory_.Path("ready")), 0644U);
}

using StateDirTest = SecretFileTest;

TEST_F(StateDirTest, IsMadeForItsOwnerOnlyWithItsParents) {
  const std::string path = directory_.Path("deep/er/state");
  const auto state = StateDir::Open(path);
  ASSERT_THAT(state, IsOk());
  EXPECT_EQ(ModeOf(path), 0700U);
  EXPECT_EQ(state->Path("journal.db"), path + "/journal.db");
}

TEST_F(StateDirTest, ASlashAtTheEndChangesNothing) {
  ASSERT_THAT(StateDir::Open(directory_.Path("state/")), IsOk());
  EXPECT_EQ(ModeOf(directory_.Path("state")), 0700U);
}

TEST_F(StateDirTest, BelongsToOneProcessAtATime) {
  std::optional<StateDir> first = *StateDir::Open(directory_.Path("state"));
  const auto second = StateDir::Open(directory_.Path("state"));
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(second.status()), "STATE_DIR_IN_USE");
  first.reset();
  EXPECT_THAT(StateDir::Open(directory_.Path("state")), IsOk());
}

TEST_F(StateDirTest, KeepsItsLockWhenItMoves) {
  auto first = *StateDir::Open(directory_.Path("state"));
  const StateDir moved = std::move(first);
  EXPECT_EQ(ReasonOf(StateDir::Open(directory_.Path("state")).status()), "STATE_DIR_IN_USE");
}

TEST_F(StateDirTest, SaysWhyItCannotBeUsed) {
  // Below a file there can be no directory, not even for root.
  for (const std::string& path : {Write("a file"), Write("a file") + "/state", std::string()}) {
    const auto state = StateDir::Open(path);
    EXPECT_THAT(state, StatusIs(absl::StatusCode::kFailedPrecondition)) << path;
    EXPECT_EQ(ReasonOf(state.status()), "STATE_DIR_UNWRITABLE") << path;
    EXPECT_THAT(std::string(state.status().message()), HasSubstr("--state_dir"));
  }
}

}  // namespace
}  // namespace chatwire
