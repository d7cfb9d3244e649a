#include "cli/usage_error.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/suggestion.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// The command that was meant as far as it was understood, and the words that lead to it.
struct Place {
  const CLI::App* app;
  std::string words;
};

Place PlaceOf(const CLI::App& root) {
  Place place{&root, "chatwire"};
  while (!place.app->get_subcommands().empty()) {
    place.app = place.app->get_subcommands().front();
    absl::StrAppend(&place.words, " ", place.app->get_name());
  }
  return place;
}

std::vector<std::string> OptionNames(const CLI::App& root, const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const from : {&app, &root}) {
    for (const CLI::Option* const option : from->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// What is said of the first word that no command took, or "" when all were taken.
std::string UnknownWord(const CLI::App& root, const Place& place) {
  const std::vector<std::string> left = root.remaining(true);
  if (left.empty()) return "";
  const std::string& word = left.front();
  if (absl::StartsWith(word, "-")) {
    const std::string name = word.substr(0, word.find('='));
    return absl::StrCat(absl::Substitute(Tr("unknown option $0"), name),
                        DidYouMean(name, OptionNames(root, *place.app)));
  }
  const std::vector<std::string> commands = CommandNames(*place.app);
  if (commands.empty()) return absl::Substitute(Tr("unexpected argument \"$0\""), word);
  return absl::StrCat(absl::Substitute(Tr("unknown command \"$0\""), word),
                      DidYouMean(word, commands));
}

/// What the library says, as far as it is what people meet every day.
std::string Translated(absl::string_view text) {
  if (absl::ConsumeSuffix(&text, " is required")) {
    return absl::Substitute(Tr("$0 is required"), text);
  }
  return std::string(text);
}

}  // namespace

absl::Status UsageError(const CLI::App& app, const CLI::ParseError& error) {
  const Place place = PlaceOf(app);
  std::string what = UnknownWord(app, place);
  if (what.empty() && !CommandNames(*place.app).empty()) what = Tr("no command was given");
  if (what.empty()) what = Translated(absl::StripSuffix(error.what(), "."));
  // After "did you mean ...?" comes no semicolon.
  const std::string form =
      absl::EndsWith(what, "?") ? Tr("$0 See `$1 --help`") : Tr("$0; see `$1 --help`");
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::Substitute(form, what, place.words));
}

}  // namespace chatwire::cli
