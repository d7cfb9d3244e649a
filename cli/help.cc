#include "cli/help.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

std::vector<CLI::App*> CommandsOf(CLI::App& app) {
  return app.get_subcommands([](CLI::App*) { return true; });
}

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

void Translate(CLI::App& app) {
  app.description(Tr(app.get_description()));
  app.group(Tr(app.get_group()));
  for (CLI::Option* const option : app.get_options()) {
    option->description(Tr(option->get_description()));
    option->group(Tr(option->get_group()));
  }
  for (CLI::App* const command : CommandsOf(app)) Translate(*command);
}

}  // namespace

std::string HelpOf(CLI::App& app) {
  Translate(app);
  // One formatter for all commands of the program.
  app.get_formatter()->label("Usage", Tr("Usage"));
  app.get_formatter()->label("OPTIONS", Tr("OPTIONS"));
  app.get_formatter()->label("SUBCOMMAND", Tr("SUBCOMMAND"));
  app.get_formatter()->label("Positionals", Tr("Positionals"));
  app.get_formatter()->label("REQUIRED", Tr("REQUIRED"));
  return app.help();
}

std::vector<HelpPage> HelpPages(CLI::App& app, const std::string& above) {
  const std::string name =
      above.empty() ? app.get_name() : absl::StrCat(above, " ", app.get_name());
  std::vector<HelpPage> pages = {{name, app.help(above)}};
  for (CLI::App* const command : CommandsOf(app)) {
    std::vector<HelpPage> below = HelpPages(*command, name);
    std::move(below.begin(), below.end(), std::back_inserter(pages));
  }
  return pages;
}

std::vector<std::string> HelpMessages(const CLI::App& app) {
  std::vector<std::string> messages = {app.get_description(), app.get_group()};
  if (app.get_parent() == nullptr) {
    for (const CLI::Option* const option : app.get_options()) {
      messages.push_back(option->get_description());
      messages.push_back(option->get_group());
    }
  }
  for (const CLI::App* const command : CommandsOf(app)) {
    const std::vector<std::string> below = HelpMessages(*command);
    messages.insert(messages.end(), below.begin(), below.end());
  }
  return messages;
}

}  // namespace chatwire::cli
