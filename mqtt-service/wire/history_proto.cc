#include "mqtt-service/wire/history_proto.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {

v1::HistoryEntry ToProto(const HistoryEntry& entry) {
  v1::HistoryEntry proto;
  proto.set_name(entry.checkbox);
  // The domain's numbers are those of the API.
  proto.set_kind(static_cast<v1::HistoryKind>(entry.kind));
  proto.set_version(entry.version);
  proto.set_desired(static_cast<v1::CheckboxState>(entry.desired));
  proto.set_reported(static_cast<v1::CheckboxState>(entry.reported));
  *proto.mutable_change() = ToProto(entry.change);
  proto.set_chat_event_id(entry.event_id);
  return proto;
}

std::string MakeHistoryPageToken(const std::string& checkbox, int64_t id) {
  return absl::WebSafeBase64Escape(absl::StrCat("history:", checkbox, ":", id));
}

absl::StatusOr<int64_t> ParseHistoryPageToken(const std::string& token,
                                              const std::string& checkbox) {
  if (token.empty()) return kNewest;
  std::string text;
  int64_t id = 0;
  if (absl::WebSafeBase64Unescape(token, &text)) {
    const std::vector<std::string> parts = absl::StrSplit(text, ':');
    const bool ours = parts.size() == 3 && parts[0] == "history" && parts[1] == checkbox &&
                      absl::SimpleAtoi(parts[2], &id);
    if (ours && id > 0) return id;
  }
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_PAGE"},
                   "`page_token` is not one of this list; list again without one");
}

}  // namespace chatwire::mqtt
