#include "xmpp-service/domain/text.h"

#include <cstdint>
#include <optional>

namespace chatwire::xmpp {
namespace {

unsigned char ByteAt(absl::string_view text, size_t index) {
  return static_cast<unsigned char>(text[index]);
}

bool IsContinuation(unsigned char byte) { return (byte & 0xc0) == 0x80; }

struct Decoded {
  uint32_t code_point;
  size_t length;
};

size_t LengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

/// RFC 3629: no over-long forms, no surrogates, nothing above U+10FFFF.
std::optional<Decoded> DecodeAt(absl::string_view text, size_t index) {
  const unsigned char lead = ByteAt(text, index);
  const size_t length = LengthOf(lead);
  if (length == 0 || index + length > text.size()) return std::nullopt;
  if (length == 1) return Decoded{lead, 1};
  uint32_t code_point = lead & (0x7fU >> length);
  for (size_t i = 1; i < length; ++i) {
    const unsigned char byte = ByteAt(text, index + i);
    if (!IsContinuation(byte)) return std::nullopt;
    code_point = (code_point << 6) | (byte & 0x3fU);
  }
  const bool over_long =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  if (over_long || surrogate || code_point > 0x10ffff) return std::nullopt;
  return Decoded{code_point, length};
}

bool IsXmlCharacter(uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c != 0xfffe && c != 0xffff;
}

}  // namespace

bool IsXmlText(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto decoded = DecodeAt(text, i);
    if (!decoded.has_value() || !IsXmlCharacter(decoded->code_point)) return false;
    i += decoded->length;
  }
  return true;
}

std::string TruncateUtf8(absl::string_view text, size_t maximum_bytes) {
  if (text.size() <= maximum_bytes) return std::string(text);
  size_t end = maximum_bytes;
  while (end > 0 && IsContinuation(ByteAt(text, end))) --end;
  return std::string(text.substr(0, end));
}

}  // namespace chatwire::xmpp
