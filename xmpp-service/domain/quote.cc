#include "xmpp-service/domain/quote.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace chatwire::xmpp {
namespace {

bool BeginsCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }

/// Where the character with that number begins. @p text has at least so many.
size_t OffsetOf(absl::string_view text, size_t character) {
  size_t at = 0;
  for (; at < text.size(); ++at) {
    if (BeginsCharacter(text[at]) && character-- == 0) break;
  }
  return at;
}

}  // namespace

std::string Quoted(absl::string_view text) {
  std::string quoted;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::StrAppend(&quoted, "> ", line, "\n");
  }
  return quoted;
}

size_t CountCharacters(absl::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), BeginsCharacter));
}

std::pair<std::string, std::string> CutCharacters(absl::string_view text, size_t start,
                                                  size_t end) {
  if (start > end || end > CountCharacters(text)) return {std::string(text), ""};
  const size_t from = OffsetOf(text, start);
  const size_t to = OffsetOf(text, end);
  return {absl::StrCat(text.substr(0, from), text.substr(to)),
          std::string(text.substr(from, to - from))};
}

}  // namespace chatwire::xmpp
