// All commands at once: no RPC without one, none without an example.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/command_list.h"
#include "cli/rpc/contracts.h"

namespace chatwire::cli {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// `xmpp.v1.Service.Method` of every method in the .proto files of the source tree.
std::set<std::string> RpcsOfTheContracts() {
  // Makes the linker keep their descriptors.
  MethodNamed("xmpp.v1.AccountService.Login");
  const std::filesystem::path root(CHATWIRE_PROTO_DIR);
  std::set<std::string> rpcs;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "chatwire")) {
    if (!absl::EndsWith(entry.path().string(), "_service.proto")) continue;
    const std::string name = std::filesystem::relative(entry.path(), root).string();
    const auto* const file =
        google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name << " is missing in cli/rpc/contracts.cc";
    for (int i = 0; file != nullptr && i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        rpcs.insert(file->service(i)->method(j)->full_name().substr(sizeof("chatwire.") - 1));
      }
    }
  }
  return rpcs;
}

/// Every command by the words that call it.
std::map<std::string, std::unique_ptr<Command>> AllCommands() {
  std::map<std::string, std::unique_ptr<Command>> commands;
  const auto add = [&](const std::string& prefix, CommandGroup group) {
    for (auto& command : group.commands) {
      CLI::App app;
      const std::string words = prefix + command->AddTo(app)->get_name();
      EXPECT_TRUE(commands.emplace(words, std::move(command)).second) << words << " is there twice";
    }
  };
  add("", RootCommands());
  for (const GroupEntry& entry : Groups()) add(absl::StrCat(entry.name, " "), entry.make());
  return commands;
}

TEST(EveryCommandTest, EachRpcHasACommandAndEachNamedRpcIsThere) {
  std::set<std::string> covered;
  for (const auto& [words, command] : AllCommands()) {
    for (const std::string& rpc : command->Rpcs()) covered.insert(rpc);
  }
  EXPECT_EQ(covered, RpcsOfTheContracts());
}

TEST(EveryCommandTest, EachHelpHasAnExampleThatCallsIt) {
  for (auto& [words, command] : AllCommands()) {
    CLI::App app;
    const std::string help = command->AddTo(app)->get_footer();
    EXPECT_THAT(help, HasSubstr("Example")) << words;
    EXPECT_THAT(help, HasSubstr("chatwire ")) << words;
  }
}

TEST(EveryCommandTest, EachArgumentOfEachCommandIsExplained) {
  for (auto& [words, command] : AllCommands()) {
    CLI::App app;
    for (const CLI::Option* const option : command->AddTo(app)->get_options()) {
      EXPECT_THAT(option->get_description(), Not(IsEmpty())) << words << " " << option->get_name();
    }
  }
}

}  // namespace
}  // namespace chatwire::cli
