#include <gtest/gtest.h>

#include <filesystem>

#include "common/error.h"
#include "tests/unit/common/temporary_directory.h"
#include "xmpp-service/spool/unlinked_spool.h"

namespace chatwire::xmpp {
namespace {

TEST(UnlinkedSpoolTest, KeepsBytesWithoutAName) {
  TemporaryDirectory folder;
  UnlinkedSpool spool(folder.Path(""));
  auto file = spool.Create();
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE(std::filesystem::is_empty(folder.Path("")));
  ASSERT_TRUE((*file)->Append("hello ").ok());
  ASSERT_TRUE((*file)->Append("world").ok());
  std::string read(20, '\0');
  EXPECT_EQ((*file)->Read(6, read.data(), read.size()), 5u);
  EXPECT_EQ(read.substr(0, 5), "world");
  EXPECT_EQ((*file)->Read(11, read.data(), read.size()), 0u);
}

TEST(UnlinkedSpoolTest, SaysWhatTheDiskSays) {
  UnlinkedSpool spool("/no/such/folder");
  EXPECT_EQ(ReasonOf(spool.Create().status()), "SPOOL_FAILED");
}

}  // namespace
}  // namespace chatwire::xmpp
