#ifndef CHATWIRE_CLI_COMPLETION_NAMES_H_
#define CHATWIRE_CLI_COMPLETION_NAMES_H_

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/completion.h"

namespace chatwire::cli {

/// A NameLookup that asks the services: checkboxes, contacts, joined rooms. Nothing when they do
/// not answer within a second: a person waits with a finger on the TAB key.
std::vector<Candidate> NamesFor(Session& session, const std::string& placeholder);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMPLETION_NAMES_H_
