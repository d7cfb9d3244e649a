#include "cli/chat/completer.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/chat/typed_line.h"

namespace chatwire::cli {
namespace {

std::vector<std::string> Matching(const std::vector<std::string>& names, const std::string& word,
                                  const std::string& behind) {
  std::vector<std::string> found;
  for (const std::string& name : names) {
    const std::string whole = name + behind;
    const bool known = std::find(found.begin(), found.end(), whole) != found.end();
    if (absl::StartsWithIgnoreCase(name, word) && !known) found.push_back(whole);
  }
  return found;
}

std::vector<std::string> CommandNames() {
  std::vector<std::string> names;
  for (const ChatCommand& command : ChatCommands())
    names.push_back(absl::StrCat("/", command.name));
  return names;
}

}  // namespace

bool Completer::Complete(LineEditor& editor, const CompletionNames& names) {
  if (found_.empty()) {
    const std::string before = editor.text().substr(0, editor.cursor());
    const size_t blank = before.rfind(' ');
    start_ = blank == std::string::npos ? 0 : blank + 1;
    const std::string word = before.substr(start_);
    length_ = word.size();
    if (word.empty()) return false;
    if (start_ == 0 && word[0] == '/') {
      found_ = Matching(CommandNames(), word, " ");
    } else {
      found_ = Matching(names.nicks, word, start_ == 0 ? ": " : " ");
      // A JID is an argument; nobody begins a sentence with one.
      if (absl::StartsWith(before, "/")) {
        for (std::string& jid : Matching(names.jids, word, " ")) found_.push_back(std::move(jid));
      }
    }
    next_ = 0;
  }
  if (found_.empty()) return false;
  const std::string& chosen = found_[next_];
  next_ = (next_ + 1) % found_.size();
  editor.Replace(start_, length_, chosen);
  length_ = chosen.size();
  return true;
}

}  // namespace chatwire::cli
