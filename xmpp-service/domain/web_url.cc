#include "xmpp-service/domain/web_url.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/ascii.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/file_name.h"

namespace chatwire::xmpp {
namespace {

constexpr char kSeparator[] = "://";

/// What stands before "://", in lower case; empty where there is none.
std::string SchemeOf(absl::string_view url) {
  const size_t end = url.find(kSeparator);
  if (end == absl::string_view::npos) return {};
  const absl::string_view scheme = url.substr(0, end);
  return std::all_of(scheme.begin(), scheme.end(), absl::ascii_isalnum)
             ? absl::AsciiStrToLower(scheme)
             : std::string();
}

absl::string_view AfterScheme(absl::string_view url) {
  return url.substr(url.find(kSeparator) + sizeof(kSeparator) - 1);
}

/// Spaces, control characters, backslashes and all that is not ASCII are read differently by
/// different programs.
bool HasOddCharacter(absl::string_view url) {
  return std::any_of(url.begin(), url.end(), [](char c) { return !IsAsciiGraph(c) || c == '\\'; });
}

unsigned HexValue(char digit) {
  return static_cast<unsigned>(IsAsciiDigit(digit) ? digit - '0' : AsciiToLower(digit) - 'a' + 10);
}

std::string PercentDecode(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && IsAsciiHexDigit(text[i + 1]) &&
        IsAsciiHexDigit(text[i + 2])) {
      decoded += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

}  // namespace

absl::Status CheckUrl(absl::string_view url, bool allow_http) {
  if (url.size() > kMaximumUrlBytes) {
    return BadUrl(absl::StrCat("the URL is longer than ", kMaximumUrlBytes, " bytes"));
  }
  const std::string scheme = SchemeOf(url);
  if (scheme.empty()) return BadUrl("the URL is not absolute, such as https://example.org/a.png");
  if (HasOddCharacter(url)) return BadUrl("the URL has a character that RFC 3986 does not allow");
  if (scheme != "https" && !(allow_http && scheme == "http")) return UrlNotAllowed();
  const absl::string_view rest = AfterScheme(url);
  const absl::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority[0] == ':') return BadUrl("the URL has no host");
  if (absl::StrContains(authority, '@')) return BadUrl("the URL has a user name");
  return absl::OkStatus();
}

bool IsWebUrl(absl::string_view url) { return CheckUrl(url, true).ok(); }

std::string FileNameOfUrl(absl::string_view url) {
  if (SchemeOf(url).empty()) return {};
  const absl::string_view rest = AfterScheme(url);
  const absl::string_view path = rest.substr(0, rest.find_first_of("?#"));
  const size_t slash = path.rfind('/');
  if (slash == absl::string_view::npos) return {};
  return SafeFileName(PercentDecode(path.substr(slash + 1)));
}

}  // namespace chatwire::xmpp
