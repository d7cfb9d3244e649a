#include "mqtt-service/domain/sender_policy.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostEntries = 32;
constexpr size_t kLongestEntry = 2047;
constexpr size_t kMostShown = 64;

}  // namespace

absl::Status SenderPolicy::Add(const std::string& raw) {
  const std::string entry = absl::AsciiStrToLower(absl::StripAsciiWhitespace(raw));
  const size_t at = entry.find('@');
  if (entry == "contacts") {
    contacts_ = true;
  } else if (entry == "*") {
    everybody_ = true;
  } else if (at == std::string::npos || at + 1 == entry.size() || entry.size() > kLongestEntry ||
             entry.find_first_of("/ \n\t") != std::string::npos || !IsValidUtf8(entry)) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_CHAT_ALLOW"},
                     absl::StrCat("\"", entry.substr(0, kMostShown),
                                  "\" is none of contacts, *, a bare JID such as "
                                  "alice@example.org, or @example.org"));
  } else if (at == 0) {
    domains_.insert(entry);
  } else {
    jids_.insert(entry);
  }
  return absl::OkStatus();
}

absl::StatusOr<SenderPolicy> SenderPolicy::Parse(const std::string& allow) {
  SenderPolicy policy;
  const std::vector<std::string> entries = absl::StrSplit(allow, ',', absl::SkipWhitespace());
  for (const std::string& entry : entries) {
    const absl::Status good = policy.Add(entry);
    if (!good.ok()) return good;
  }
  return policy;
}

absl::StatusOr<SenderPolicy> SenderPolicy::OfCheckbox(const std::vector<std::string>& allow) {
  SenderPolicy policy;
  policy.contacts_ = false;
  if (allow.size() > kMostEntries) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_CHAT_ALLOW"},
                     absl::StrCat("`chat_allow` must have at most ", kMostEntries, " entries"));
  }
  for (const std::string& entry : allow) {
    if (entry == "nobody") continue;
    const absl::Status good = policy.Add(entry);
    if (!good.ok()) return good;
  }
  return policy;
}

bool SenderPolicy::Allows(const ChatEvent& event) const {
  if (everybody_ || (contacts_ && event.from_contact)) return true;
  const std::string jid = absl::AsciiStrToLower(BareJid(event.from));
  const size_t at = jid.find('@');
  if (at == std::string::npos) return false;
  return jids_.count(jid) > 0 || domains_.count(jid.substr(at)) > 0;
}

bool MayTouch(const SenderPolicy& usual, const Checkbox& checkbox, const ChatEvent& event) {
  if (checkbox.chat_allow.empty()) return usual.Allows(event);
  const auto policy = SenderPolicy::OfCheckbox(checkbox.chat_allow);
  return policy.ok() && policy->Allows(event);
}

}  // namespace chatwire::mqtt
