#ifndef CHATWIRE_CLI_SUGGESTION_H_
#define CHATWIRE_CLI_SUGGESTION_H_

#include <string>
#include <vector>

namespace chatwire::cli {

/// The entry of @p candidates that somebody who typed @p word most likely meant: fewest letters
/// changed, missing, added or swapped, at most a third of them. "" when none is near.
std::string Nearest(const std::string& word, const std::vector<std::string>& candidates);

/// `; did you mean "watch"?`, or "" when no candidate is near.
std::string DidYouMean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SUGGESTION_H_
