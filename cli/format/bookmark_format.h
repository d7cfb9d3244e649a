#ifndef CHATWIRE_CLI_FORMAT_BOOKMARK_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_BOOKMARK_FORMAT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "chatwire/xmpp/v1/bookmark_event.pb.h"

namespace chatwire::cli {

/// A change of a bookmark as JSON, and as a line for people.
nlohmann::ordered_json BookmarkJson(const xmpp::v1::BookmarkChanged& changed);
std::string BookmarkText(const xmpp::v1::BookmarkChanged& changed);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_BOOKMARK_FORMAT_H_
