#include "common/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/status/status_matchers.h"
#include "absl/time/time.h"

ABSL_FLAG(std::string, test_place, "built-in", "where");
ABSL_FLAG(absl::Duration, test_patience, absl::Seconds(1), "how long");

namespace chatwire {
namespace {

using ::absl_testing::IsOk;
using ::absl_testing::StatusIs;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class FlagsTest : public ::testing::Test {
 protected:
  ~FlagsTest() override {
    for (const char* const name :
         {"CHATWIRE_TEST_PLACE", "CHATWIRE_TEST_PATIENCE", "CHATWIRE_TYPO"})
      unsetenv(name);
  }

  static absl::Status Load(std::vector<std::string> arguments) {
    std::vector<char*> argv;
    arguments.insert(arguments.begin(), "program");
    for (std::string& argument : arguments) argv.push_back(argument.data());
    return LoadFlags(static_cast<int>(argv.size()), argv.data(), "usage", "1.2.3");
  }

  absl::FlagSaver saver_;
};

TEST_F(FlagsTest, TheEnvironmentBeatsTheBuiltInValue) {
  setenv("CHATWIRE_TEST_PLACE", "environment", 1);
  ASSERT_THAT(Load({}), IsOk());
  EXPECT_EQ(absl::GetFlag(FLAGS_test_place), "environment");
}

TEST_F(FlagsTest, TheCommandLineBeatsTheEnvironment) {
  setenv("CHATWIRE_TEST_PLACE", "environment", 1);
  ASSERT_THAT(Load({"--test_place=command line"}), IsOk());
  EXPECT_EQ(absl::GetFlag(FLAGS_test_place), "command line");
}

TEST_F(FlagsTest, AVariableThatDoesNotParseIsNamed) {
  setenv("CHATWIRE_TEST_PATIENCE", "soon", 1);
  const auto status = Load({});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(status.message()), HasSubstr("CHATWIRE_TEST_PATIENCE"));
}

TEST_F(FlagsTest, RefusesPositionalArguments) {
  EXPECT_THAT(Load({"surprise"}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(FlagsTest, EndsOnAnUnknownFlag) {
  EXPECT_EXIT(static_cast<void>(Load({"--tset_place=x"})), ::testing::ExitedWithCode(1),
              "tset_place");
}

TEST_F(FlagsTest, NamesVariablesThatAreMostLikelyMistyped) {
  setenv("CHATWIRE_TYPO", "x", 1);
  setenv("CHATWIRE_TEST_PLACE", "x", 1);
  EXPECT_THAT(UnknownEnvironment(), Contains("CHATWIRE_TYPO"));
  EXPECT_THAT(UnknownEnvironment(), Not(Contains("CHATWIRE_TEST_PLACE")));
}

}  // namespace
}  // namespace chatwire
