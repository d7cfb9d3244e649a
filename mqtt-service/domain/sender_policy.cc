#include "mqtt-service/domain/sender_policy.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

absl::StatusOr<SenderPolicy> SenderPolicy::Parse(const std::string& allow) {
  SenderPolicy policy;
  const std::vector<std::string> entries = absl::StrSplit(allow, ',', absl::SkipWhitespace());
  for (const std::string& raw : entries) {
    const std::string entry = absl::AsciiStrToLower(absl::StripAsciiWhitespace(raw));
    const size_t at = entry.find('@');
    if (entry == "contacts") continue;
    if (entry == "*") {
      policy.everybody_ = true;
    } else if (at == std::string::npos || at + 1 == entry.size() ||
               entry.find('/') != std::string::npos) {
      return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_CHAT_ALLOW"},
                       absl::StrCat("\"", entry,
                                    "\" is none of contacts, *, a bare JID such as "
                                    "alice@example.org, or @example.org"));
    } else if (at == 0) {
      policy.domains_.insert(entry);
    } else {
      policy.jids_.insert(entry);
    }
  }
  return policy;
}

bool SenderPolicy::Allows(const ChatEvent& event) const {
  if (everybody_ || event.from_contact) return true;
  const std::string jid = absl::AsciiStrToLower(BareJid(event.from));
  const size_t at = jid.find('@');
  if (at == std::string::npos) return false;
  return jids_.count(jid) > 0 || domains_.count(jid.substr(at)) > 0;
}

}  // namespace chatwire::mqtt
