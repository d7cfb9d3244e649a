#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "absl/status/status_matchers.h"
#include "common/sqlite/database.h"
#include "common/sqlite/migrations.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire::sqlite {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;
using ::testing::HasSubstr;

class DatabaseTest : public ::testing::Test {
 protected:
  Database Open() {
    auto database = Database::Open(path_);
    EXPECT_THAT(database, IsOk());
    return *std::move(database);
  }

  static int64_t Count(Database& database) {
    auto select = database.Prepare("SELECT count(*) FROM item");
    EXPECT_THAT(select, IsOk());
    EXPECT_THAT(select->Step(), IsOkAndHolds(true));
    return select->Int(0);
  }

  TemporaryDirectory directory_;
  std::string path_ = directory_.Path("test.db");
};

TEST_F(DatabaseTest, FilesAreForTheirOwnerOnly) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(id INTEGER)"), IsOk());
  for (const auto& entry : std::filesystem::directory_iterator(directory_.Path(""))) {
    struct stat info = {};
    ASSERT_EQ(stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(DatabaseTest, SurvivesThePowerCut) {
  Database database = Open();
  auto journal = database.Prepare("PRAGMA journal_mode");
  EXPECT_THAT(journal->Step(), IsOkAndHolds(true));
  EXPECT_EQ(journal->Text(0), "wal");
  auto synchronous = database.Prepare("PRAGMA synchronous");
  EXPECT_THAT(synchronous->Step(), IsOkAndHolds(true));
  EXPECT_EQ(synchronous->Int(0), 2) << "FULL";
}

TEST_F(DatabaseTest, NamesTheFileThatItCannotOpen) {
  const auto missing = Database::Open(directory_.Path("none/test.db"));
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("none/test.db"));
  std::ofstream(path_) << std::string(4096, 'x');
  EXPECT_THAT(Database::Open(path_), StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST_F(DatabaseTest, KeepsEveryKindOfValue) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(a, b, c, d, e, f)"), IsOk());
  const std::string blob("\0\xff'\n", 4);
  const absl::Time time = absl::FromUnixMicros(1'700'000'000'123'456);
  auto insert = database.Prepare("INSERT INTO item VALUES(?, ?, ?, ?, ?, ?)");
  ASSERT_THAT(insert, IsOk());
  insert->BindInt(1, -1LL << 62U).BindText(2, "'; DROP TABLE item; --").BindBlob(3, blob);
  ASSERT_THAT(insert->BindTime(4, time).BindNull(5).BindText(6, "").Run(), IsOk());
  EXPECT_EQ(database.ChangedRows(), 1);
  EXPECT_EQ(database.LastInsertId(), 1);
  auto select = database.Prepare("SELECT * FROM item");
  ASSERT_THAT(select->Step(), IsOkAndHolds(true));
  EXPECT_EQ(select->Int(0), -1LL << 62U);
  EXPECT_EQ(select->Text(1), "'; DROP TABLE item; --");
  EXPECT_EQ(select->Blob(2), blob);
  EXPECT_EQ(select->Time(3), time);
  EXPECT_TRUE(select->IsNull(4));
  EXPECT_EQ(select->Text(4), "");
  EXPECT_FALSE(select->IsNull(5));
  EXPECT_THAT(select->Step(), IsOkAndHolds(false));
}

TEST_F(DatabaseTest, AStatementForgetsItsBindingsAtReset) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(a)"), IsOk());
  auto insert = database.Prepare("INSERT INTO item VALUES(?)");
  ASSERT_THAT(insert->BindInt(1, 7).Run(), IsOk());
  ASSERT_THAT(insert->Run(), IsOk());
  auto select = database.Prepare("SELECT count(*) FROM item WHERE a IS NULL");
  EXPECT_THAT(select->Step(), IsOkAndHolds(true));
  EXPECT_EQ(select->Int(0), 1);
}

TEST_F(DatabaseTest, TellsErrorsApart) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(id INTEGER PRIMARY KEY, name NOT NULL)"), IsOk());
  ASSERT_THAT(database.Execute("INSERT INTO item VALUES(1, 'a')"), IsOk());
  EXPECT_THAT(database.Execute("INSERT INTO item VALUES(1, 'b')"),
              StatusIs(absl::StatusCode::kAlreadyExists));
  auto insert = database.Prepare("INSERT INTO item VALUES(1, 'c')");
  EXPECT_THAT(insert->Run(), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(database.Prepare("SELEKT"), StatusIs(absl::StatusCode::kInternal));
}

TEST_F(DatabaseTest, AFullDiskIsToldAsSuch) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(a)"), IsOk());
  ASSERT_THAT(database.Execute("PRAGMA max_page_count = 4"), IsOk());
  const auto full = database.Transaction(
      [&] { return database.Execute("INSERT INTO item VALUES(zeroblob(100000))"); });
  EXPECT_THAT(full, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(Count(database), 0);
  // And the connection is usable again.
  EXPECT_THAT(database.Transaction([&] { return database.Execute("INSERT INTO item VALUES(1)"); }),
              IsOk());
}

TEST_F(DatabaseTest, ATransactionTakesEffectAsAWholeOrNotAtAll) {
  Database database = Open();
  ASSERT_THAT(database.Execute("CREATE TABLE item(a)"), IsOk());
  const auto failed = database.Transaction([&] {
    EXPECT_THAT(database.Execute("INSERT INTO item VALUES(1)"), IsOk());
    return absl::AbortedError("changed my mind");
  });
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kAborted, "changed my mind"));
  EXPECT_EQ(Count(database), 0);
  EXPECT_THAT(database.Transaction([&] { return database.Execute("INSERT INTO item VALUES(1)"); }),
              IsOk());
  EXPECT_EQ(Count(database), 1);
}

TEST_F(DatabaseTest, AReaderDoesNotWaitForTheWriter) {
  Database writer = Open();
  ASSERT_THAT(writer.Execute("CREATE TABLE item(a)"), IsOk());
  Database reader = Open();
  EXPECT_THAT(writer.Transaction([&] {
    EXPECT_THAT(writer.Execute("INSERT INTO item VALUES(1)"), IsOk());
    EXPECT_EQ(Count(reader), 0);
    return absl::OkStatus();
  }),
              IsOk());
  EXPECT_EQ(Count(reader), 1);
}

TEST_F(DatabaseTest, MovesWithItsStatements) {
  Database first = Open();
  ASSERT_THAT(first.Execute("CREATE TABLE item(a)"), IsOk());
  auto insert = first.Prepare("INSERT INTO item VALUES(1)");
  Database second = std::move(first);
  EXPECT_THAT(insert->Run(), IsOk());
  EXPECT_EQ(Count(second), 1);
}

using MigrationTest = DatabaseTest;

TEST_F(MigrationTest, RunsEachStepOnce) {
  const std::vector<std::string> released = {"CREATE TABLE item(a)", "INSERT INTO item VALUES(1)"};
  {
    Database database = Open();
    ASSERT_THAT(Migrate(database, released), IsOk());
    ASSERT_THAT(Migrate(database, released), IsOk());
  }
  Database database = Open();
  std::vector<std::string> newer = released;
  newer.emplace_back("INSERT INTO item VALUES(2)");
  ASSERT_THAT(Migrate(database, newer), IsOk());
  EXPECT_EQ(Count(database), 2);
}

TEST_F(MigrationTest, AStepThatFailsLeavesNoTrace) {
  Database database = Open();
  const std::vector<std::string> broken = {"CREATE TABLE item(a)",
                                           "INSERT INTO item VALUES(1); SELEKT"};
  EXPECT_FALSE(Migrate(database, broken).ok());
  EXPECT_EQ(Count(database), 0);
  EXPECT_THAT(Migrate(database, {"CREATE TABLE item(a)", "INSERT INTO item VALUES(2)"}), IsOk());
  EXPECT_EQ(Count(database), 1);
}

TEST_F(MigrationTest, RefusesADatabaseOfANewerRelease) {
  Database database = Open();
  ASSERT_THAT(Migrate(database, {"CREATE TABLE item(a)", "INSERT INTO item VALUES(1)"}), IsOk());
  const auto refused = Migrate(database, {"CREATE TABLE item(a)"});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Count(database), 1);
}

}  // namespace
}  // namespace chatwire::sqlite
