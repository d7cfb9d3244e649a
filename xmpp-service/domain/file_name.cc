#include "xmpp-service/domain/file_name.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/ascii.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr char kUnknownType[] = "application/octet-stream";
constexpr size_t kMaximumMediaTypeBytes = 127;
// A longer one is no ending that means anything.
constexpr size_t kMaximumEndingBytes = 16;

struct Ending {
  const char* ending;
  const char* media_type;
};

constexpr std::array<Ending, 42> kEndings = {{
    {"7z", "application/x-7z-compressed"},
    {"aac", "audio/aac"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"epub", "application/epub+zip"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heic"},
    {"html", "text/html"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"jxl", "image/jxl"},
    {"m4a", "audio/mp4"},
    {"md", "text/markdown"},
    {"mkv", "video/x-matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"oga", "audio/ogg"},
    {"ogg", "audio/ogg"},
    {"opus", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"wav", "audio/wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"xz", "application/x-xz"},
    {"zip", "application/zip"},
}};

/// Length of a character that must not be in a name and begins at @p rest, else 0.
size_t UnwantedAt(absl::string_view rest) {
  if (IsAsciiControl(rest[0])) return 1;
  // U+0080 to U+009F.
  if (rest[0] == '\xc2' && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xa0) return 2;
  // U+2028 to U+202E and U+2066 to U+2069: line ends, and what makes "gnp.exe" look like "exe.png".
  for (const absl::string_view first :
       {"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
        "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x81\xa6",
        "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9"}) {
    if (absl::StartsWith(rest, first)) return first.size();
  }
  return 0;
}

absl::string_view EndingOf(absl::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == absl::string_view::npos || dot == 0) return {};
  const absl::string_view ending = name.substr(dot);
  return ending.size() <= kMaximumEndingBytes ? ending : absl::string_view();
}

bool IsTypeName(absl::string_view name) {
  return !name.empty() && IsAsciiAlnum(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return IsAsciiAlnum(c) || absl::StrContains("!#$&-^_.+", c); });
}

}  // namespace

std::string SafeFileName(absl::string_view name) {
  const size_t slash = name.find_last_of("/\\");
  if (slash != absl::string_view::npos) name.remove_prefix(slash + 1);
  std::string safe;
  while (!name.empty()) {
    const size_t unwanted = UnwantedAt(name);
    if (unwanted == 0) safe += name[0];
    name.remove_prefix(std::max<size_t>(unwanted, 1));
  }
  // Leading dots would hide the file, trailing ones and spaces are lost on some systems.
  const size_t begin = safe.find_first_not_of(". ");
  if (begin == std::string::npos) return {};
  safe = safe.substr(begin, safe.find_last_not_of(". ") - begin + 1);
  if (!IsXmlText(safe)) return {};
  if (safe.size() <= kMaximumFileNameBytes) return safe;
  const std::string ending(EndingOf(safe));
  return absl::StrCat(TruncateUtf8(safe, kMaximumFileNameBytes - ending.size()), ending);
}

std::string MediaTypeOf(absl::string_view file_name) {
  const absl::string_view ending = EndingOf(file_name);
  if (ending.empty()) return kUnknownType;
  const std::string wanted = absl::AsciiStrToLower(ending.substr(1));
  const auto* const found = std::find_if(kEndings.begin(), kEndings.end(),
                                         [&wanted](const Ending& e) { return wanted == e.ending; });
  return found == kEndings.end() ? kUnknownType : found->media_type;
}

bool IsMediaType(absl::string_view text) {
  const size_t slash = text.find('/');
  return text.size() <= kMaximumMediaTypeBytes && slash != absl::string_view::npos &&
         IsTypeName(text.substr(0, slash)) && IsTypeName(text.substr(slash + 1));
}

}  // namespace chatwire::xmpp
