#include "mqtt-service/domain/utf8.h"

#include <cstddef>
#include <cstdint>

namespace chatwire::mqtt {
namespace {

/// Bytes of the character that starts with @p lead, 0 where none can.
size_t LengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

/// Whether @p character of @p length bytes is neither overlong nor outside Unicode.
bool InRange(uint32_t character, size_t length) {
  if (length == 3) return character >= 0x800 && (character < 0xd800 || character > 0xdfff);
  if (length == 4) return character >= 0x10000 && character <= 0x10ffff;
  return true;
}

}  // namespace

bool IsValidUtf8(absl::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t length = LengthOf(lead);
    if (length == 0 || i + length > text.size()) return false;
    uint32_t character = length == 1 ? lead : lead & (0xffu >> (length + 1));
    for (size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      character = (character << 6) | (next & 0x3fu);
    }
    if (!InRange(character, length)) return false;
    i += length;
  }
  return true;
}

std::vector<uint32_t> CharactersOf(absl::string_view text) {
  std::vector<uint32_t> characters;
  for (const char byte : text) {
    const auto next = static_cast<unsigned char>(byte);
    if ((next & 0xc0) == 0x80 && !characters.empty()) {
      characters.back() = (characters.back() << 6) | (next & 0x3fu);
    } else {
      const size_t length = LengthOf(next);
      characters.push_back(length <= 1 ? next : next & (0xffu >> (length + 1)));
    }
  }
  return characters;
}

}  // namespace chatwire::mqtt
