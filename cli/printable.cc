#include "cli/printable.h"

#include <cwchar>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace chatwire::cli {
namespace {

struct Character {
  char32_t code = 0;
  size_t bytes = 1;
};

/// The UTF-8 character at @p offset, or nothing where the bytes are none (RFC 3629, section 4).
std::optional<Character> At(const std::string& text, size_t offset) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(offset);
  if (first < 0x80) return Character{first, 1};
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || offset + size > text.size()) return std::nullopt;
  char32_t code = first & (0xffU >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(offset + i) & 0xc0U) != 0x80U) return std::nullopt;
    code = (code << 6U) | (byte(offset + i) & 0x3fU);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (overlong || surrogate || code > 0x10ffff) return std::nullopt;
  return Character{code, size};
}

bool IsHarmful(char32_t code) {
  const bool control = code < 0x20 || (code >= 0x7f && code <= 0x9f);
  const bool direction = code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
                         (code >= 0x2066 && code <= 0x2069);
  const bool line_end = code == 0x2028 || code == 0x2029;
  return control || direction || line_end;
}

}  // namespace

std::string Printable(const std::string& text) {
  std::string out;
  for (size_t offset = 0; offset < text.size();) {
    const auto character = At(text, offset);
    const size_t bytes = character.has_value() ? character->bytes : 1;
    if (!character.has_value()) {
      absl::StrAppendFormat(&out, "\\x%02x", static_cast<unsigned char>(text[offset]));
    } else if (character->code == '\n') {
      out += "\\n";
    } else if (character->code == '\t') {
      out += "\\t";
    } else if (IsHarmful(character->code)) {
      absl::StrAppendFormat(&out, "\\u{%x}", static_cast<unsigned>(character->code));
    } else {
      out.append(text, offset, bytes);
    }
    offset += bytes;
  }
  return out;
}

int DisplayWidth(const std::string& text) {
  int width = 0;
  for (size_t offset = 0; offset < text.size();) {
    const auto character = At(text, offset);
    const int columns = character.has_value() ? wcwidth(static_cast<wchar_t>(character->code)) : 1;
    width += columns < 0 ? 1 : columns;
    offset += character.has_value() ? character->bytes : 1;
  }
  return width;
}

bool IsUtf8(const std::string& text) {
  for (size_t offset = 0; offset < text.size();) {
    const auto character = At(text, offset);
    if (!character.has_value()) return false;
    offset += character->bytes;
  }
  return true;
}

}  // namespace chatwire::cli
