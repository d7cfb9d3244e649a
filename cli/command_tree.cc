#include "cli/command_tree.h"

#include <algorithm>
#include <utility>

#include "cli/command_list.h"

namespace chatwire::cli {

CommandTree::CommandTree(CLI::App& app) {
  Add(app, RootCommands(), nullptr);
  for (const GroupEntry& entry : Groups()) {
    Add(*app.add_subcommand(entry.name, entry.about), entry.make(), nullptr);
  }
}

CommandTree::CommandTree(CLI::App& app, const std::vector<std::string>& words) {
  Add(app, RootCommands(), &words);
  for (const GroupEntry& entry : Groups()) {
    CLI::App* const group = app.add_subcommand(entry.name, entry.about);
    const bool named = std::find(words.begin(), words.end(), entry.name) != words.end();
    if (named) Add(*group, entry.make(), &words);
  }
}

void CommandTree::Add(CLI::App& app, CommandGroup group, const std::vector<std::string>* words) {
  app.require_subcommand(1);
  app.footer(group.footer);
  for (auto& command : group.commands) {
    CLI::App* const added = words == nullptr ? command->AddTo(app) : command->AddFor(*words, app);
    added->callback([this, raw = command.get()] { chosen_ = raw; });
    commands_.push_back(std::move(command));
  }
}

}  // namespace chatwire::cli
