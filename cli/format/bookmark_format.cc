#include "cli/format/bookmark_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace chatwire::cli {

nlohmann::ordered_json BookmarkJson(const xmpp::v1::BookmarkChanged& changed) {
  const auto& bookmark = changed.bookmark();
  return {{"bookmark",
           {{"room", bookmark.room()},
            {"name", bookmark.name()},
            {"nick", bookmark.nick()},
            {"autojoin", bookmark.autojoin()},
            {"has_password", bookmark.has_password()}}},
          {"removed", changed.removed()}};
}

std::string BookmarkText(const xmpp::v1::BookmarkChanged& changed) {
  const auto& bookmark = changed.bookmark();
  if (changed.removed()) return absl::StrCat("bookmark of ", bookmark.room(), " removed");
  const std::string name = bookmark.name().empty() ? "" : absl::StrCat(" (", bookmark.name(), ")");
  return absl::StrCat("bookmark of ", bookmark.room(), name,
                      bookmark.autojoin() ? ": to be entered" : ": not to be entered");
}

}  // namespace chatwire::cli
