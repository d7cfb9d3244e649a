#ifndef CHATWIRE_CLI_HELP_H_
#define CHATWIRE_CLI_HELP_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace chatwire::cli {

/// What --help prints for the command that was parsed in @p app, in the person's language as far as
/// the catalogues go: what commands and options are, and the headings. Examples and notes stay.
std::string HelpOf(CLI::App& app);

/// What --help prints for one command.
struct HelpPage {
  std::string command;  ///< with those that it is below of, such as "chatwire room list"
  std::string text;
};

/// The pages of @p app, which is below the commands @p above, and of all below it; not translated.
std::vector<HelpPage> HelpPages(CLI::App& app, const std::string& above = "");

/// All that HelpOf translates in @p app and the commands below it, for the catalogues: what every
/// command is, and the global options.
std::vector<std::string> HelpMessages(const CLI::App& app);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_HELP_H_
