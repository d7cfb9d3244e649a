#include "mqtt-service/domain/language.h"

#include "absl/strings/ascii.h"

namespace chatwire::mqtt {
namespace {

/// U+00C0 to U+00FF, each as its letter; a dot where there is none.
constexpr char kLetters[] =
    "aaaaaaaceeeeiiii"
    ".nooooo.ouuuuy.."
    "aaaaaaaceeeeiiii"
    ".nooooo.ouuuuy.y";

}  // namespace

std::string Fold(absl::string_view text) {
  std::string folded;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool latin = text[i] == '\xc3' && i + 1 < text.size() &&
                       (static_cast<unsigned char>(text[i + 1]) & 0xc0) == 0x80;
    // An accent that stands for itself (U+0300 to U+036F), as some keyboards send it.
    const bool accent = i + 1 < text.size() &&
                        (text[i] == '\xcc' ||
                         (text[i] == '\xcd' && static_cast<unsigned char>(text[i + 1]) <= 0xaf));
    if (accent) {
      ++i;
      continue;
    }
    const char letter = latin ? kLetters[static_cast<unsigned char>(text[i + 1]) & 0x3f] : '.';
    if (latin && letter != '.') {
      folded += letter;
      ++i;
    } else {
      folded += absl::ascii_tolower(static_cast<unsigned char>(text[i]));
    }
  }
  return folded;
}

}  // namespace chatwire::mqtt
