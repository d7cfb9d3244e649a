#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace chatwire::cli {
namespace {

constexpr char kBash[] = R"script(# chatwire completion bash > /etc/bash_completion.d/chatwire
_chatwire() {
  local line=${COMP_LINE:0:COMP_POINT} words reply cur
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  cur=${words[-1]}
  mapfile -t reply < <(command "${words[0]}" __complete "${words[@]:1}" 2>/dev/null | cut -f1)
  if [[ ${reply[0]} == :files ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    return
  fi
  # bash takes what stands before the last @, : or = for another word.
  COMPREPLY=("${reply[@]#"${cur%"${cur##*[@:=]}"}"}")
}
complete -F _chatwire chatwire
)script";

constexpr char kZsh[] = R"script(#compdef chatwire
# chatwire completion zsh > "${fpath[1]}/_chatwire"
_chatwire() {
  local -a lines found
  local line
  lines=("${(@f)$(command "${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ ${lines[1]} == :files ]]; then
    _files
    return
  fi
  for line in "${lines[@]}"; do
    [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe chatwire found
}
if [[ $funcstack[1] == _chatwire ]]; then _chatwire "$@"; else compdef _chatwire chatwire; fi
)script";

constexpr char kFish[] =
    R"script(# chatwire completion fish > ~/.config/fish/completions/chatwire.fish
function __chatwire_complete
  set -l before (commandline -opc)
  set -l found (command $before[1] __complete $before[2..-1] (commandline -ct) 2>/dev/null)
  if test "$found[1]" = ":files"
    __fish_complete_path (commandline -ct)
  else
    printf '%s\n' $found
  end
end
complete -c chatwire -f -a '(__chatwire_complete)'
)script";

/// The words for placeholders of which there is a fixed set.
const std::map<std::string, std::vector<std::string>>& Choices() {
  static const auto* const kChoices = new std::map<std::string, std::vector<std::string>>{
      {"ACTION", {"on", "off", "toggle"}},
      {"AFFILIATION", {"owner", "admin", "member", "outcast", "none"}},
      {"AVAILABILITY", {"online", "chat", "away", "extended_away", "do_not_disturb", "offline"}},
      {"DEFAULT", {"always", "never", "roster"}},
      {"DIRECTION", {"to", "from"}},
      {"QOS", {"0", "1", "2"}},
      {"ROLE", {"visitor", "participant", "moderator"}},
      {"ROUTE", {"mediated", "direct"}},
      {"SHELL", {"bash", "zsh", "fish"}},
      {"STATE", {"active", "composing", "paused", "inactive", "gone"}},
      {"WHOM", {"contacts", "listed", "everybody"}}};
  return *kChoices;
}

bool IsFile(const std::string& placeholder) {
  return placeholder == "FILE" || placeholder == "PROGRAM" || placeholder == "COMMAND";
}

/// Candidates for a value that --help calls @p placeholder.
std::vector<Candidate> Values(const std::string& placeholder, const NameLookup& lookup) {
  if (IsFile(placeholder)) return {{":files", ""}};
  const auto choices = Choices().find(placeholder);
  std::vector<Candidate> values;
  if (choices == Choices().end()) return lookup(placeholder);
  for (const std::string& word : choices->second) values.push_back({word, ""});
  return values;
}

/// The option of @p app or of the program that is called @p word.
const CLI::Option* OptionCalled(const CLI::App& root, const CLI::App& app,
                                const std::string& word) {
  const CLI::Option* const own = app.get_option_no_throw(word);
  return own != nullptr ? own : root.get_option_no_throw(word);
}

bool TakesValue(const CLI::Option* option) {
  return option != nullptr && option->get_items_expected_max() > 0;
}

/// How far the words have come: the command, the positional that is next, the option that waits for
/// its value.
struct Place {
  const CLI::App* app;
  size_t positionals = 0;
  const CLI::Option* waiting = nullptr;
};

const CLI::App* Subcommand(const CLI::App& app, const std::string& word) {
  for (const CLI::App* const sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_name() == word) return sub;
  }
  return nullptr;
}

Place PlaceAfter(const CLI::App& root, const std::vector<std::string>& words) {
  Place place{&root};
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string& word = words[i];
    const CLI::App* const sub = Subcommand(*place.app, word);
    if (place.waiting != nullptr) {
      place.waiting = nullptr;
    } else if (absl::StartsWith(word, "--")) {
      const CLI::Option* const option =
          OptionCalled(root, *place.app, word.substr(0, word.find('=')));
      if (TakesValue(option) && word.find('=') == std::string::npos) place.waiting = option;
    } else if (sub != nullptr) {
      place.app = sub;
    } else {
      ++place.positionals;
    }
  }
  return place;
}

void AddOptions(const CLI::App& app, std::vector<Candidate>& found) {
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      found.push_back({"--" + name, option->get_description()});
    }
  }
}

std::vector<Candidate> PositionalValues(const Place& place, const NameLookup& lookup) {
  std::vector<const CLI::Option*> positionals;
  for (const CLI::Option* const option : place.app->get_options()) {
    if (option->get_positional()) positionals.push_back(option);
  }
  if (positionals.empty()) return {};
  const bool past = place.positionals >= positionals.size();
  const CLI::Option* const last = positionals.back();
  // The last one may take any number.
  if (past && last->get_items_expected_max() <= 1) return {};
  const CLI::Option* const next = past ? last : positionals[place.positionals];
  return Values(next->get_single_name(), lookup);
}

}  // namespace

std::vector<Candidate> Complete(const CLI::App& app, const std::vector<std::string>& words,
                                const NameLookup& lookup) {
  const std::string begun = words.empty() ? "" : words.back();
  const Place place = PlaceAfter(app, words);
  std::vector<Candidate> found;
  if (place.waiting != nullptr) {
    found = Values(place.waiting->get_type_name(), lookup);
  } else if (absl::StartsWith(begun, "-")) {
    AddOptions(*place.app, found);
    if (place.app != &app) AddOptions(app, found);
  } else {
    for (const auto* const sub : place.app->get_subcommands([](const CLI::App*) { return true; })) {
      found.push_back({sub->get_name(), sub->get_description()});
    }
    if (found.empty()) found = PositionalValues(place, lookup);
  }
  std::vector<Candidate> fitting;
  for (Candidate& candidate : found) {
    const bool fits = candidate.word == ":files" || absl::StartsWith(candidate.word, begun);
    if (fits) fitting.push_back(std::move(candidate));
  }
  return fitting;
}

const char* CompletionScript(const std::string& shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  return shell == "fish" ? kFish : nullptr;
}

}  // namespace chatwire::cli
