#include "xmpp-service/domain/jid.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

// RFC 7622, section 3.1: each part is at most 1,023 octets.
constexpr size_t kMaximumPartBytes = 1023;
// RFC 7622, section 3.3.1.
constexpr absl::string_view kForbiddenInLocal = "\"&'/:<>@";

bool HasBlankOrControl(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isspace(static_cast<unsigned char>(c)) ||
           absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
}

bool IsLocal(absl::string_view text) {
  return text.size() <= kMaximumPartBytes && !HasBlankOrControl(text) &&
         text.find_first_of(kForbiddenInLocal) == absl::string_view::npos;
}

bool IsDomain(absl::string_view text) {
  if (text.empty() || text.size() > kMaximumPartBytes || HasBlankOrControl(text)) return false;
  if (text.find_first_of("@\"&'<>/\\") != absl::string_view::npos) return false;
  // An IPv6 address in brackets has colons; nothing else may.
  if (text.front() != '[' && text.find(':') != absl::string_view::npos) return false;
  return text.front() != '.' && text.find("..") == absl::string_view::npos;
}

bool IsResource(absl::string_view text) {
  return !text.empty() && text.size() <= kMaximumPartBytes && IsXmlText(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
}

absl::string_view WithoutRootDot(absl::string_view domain) {
  if (domain.size() > 1 && domain.back() == '.') domain.remove_suffix(1);
  return domain;
}

}  // namespace

Jid::Jid(std::string local, std::string domain, std::string resource)
    : local_(std::move(local)), domain_(std::move(domain)), resource_(std::move(resource)) {}

absl::StatusOr<Jid> Jid::Parse(absl::string_view text) {
  const absl::string_view whole = text;
  absl::string_view resource;
  const size_t slash = text.find('/');
  if (slash != absl::string_view::npos) {
    resource = text.substr(slash + 1);
    if (!IsResource(resource)) return BadJid(whole);
    text = text.substr(0, slash);
  }
  absl::string_view local;
  const size_t at = text.find('@');
  if (at != absl::string_view::npos) {
    local = text.substr(0, at);
    if (local.empty()) return BadJid(whole);
    text = text.substr(at + 1);
  }
  const absl::string_view domain = WithoutRootDot(text);
  if (!IsXmlText(whole) || !IsLocal(local) || !IsDomain(domain)) return BadJid(whole);
  return Jid(absl::AsciiStrToLower(local), absl::AsciiStrToLower(domain), std::string(resource));
}

absl::StatusOr<Jid> Jid::ParseBare(absl::string_view text) {
  auto jid = Parse(text);
  if (jid.ok() && (jid->local().empty() || !jid->resource().empty())) return BadJid(text);
  return jid;
}

std::string Jid::Bare() const {
  return local_.empty() ? domain_ : absl::StrCat(local_, "@", domain_);
}

std::string Jid::Full() const {
  return resource_.empty() ? Bare() : absl::StrCat(Bare(), "/", resource_);
}

std::string BareOf(absl::string_view address) {
  return absl::AsciiStrToLower(address.substr(0, address.find('/')));
}

}  // namespace chatwire::xmpp
