#include "cli/translate.h"

#include <clocale>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

namespace chatwire::cli {
namespace {

using Catalogue = std::map<std::string, std::string>;

/// Empty: English. Set before other threads start.
Catalogue& Current() {
  static auto* const kCurrent = new Catalogue();
  return *kCurrent;
}

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The locale for messages that the environment names (POSIX, section 8.2).
std::string NamedLocale() {
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = Variable(name);
    if (!value.empty()) return value;
  }
  return "";
}

/// The catalogues to look for, best first: `pt_BR`, `pt` for `pt_BR.UTF-8@euro`; before them those
/// of LANGUAGE, as in GNU gettext. None for the locale C.
std::vector<std::string> WantedLanguages() {
  const std::string locale = NamedLocale();
  const std::string own = locale.substr(0, locale.find_first_of(".@"));
  if (own.empty() || own == "C" || own == "POSIX") return {};
  std::istringstream list(Variable("LANGUAGE") + ":" + own);
  std::vector<std::string> wanted;
  for (std::string language; std::getline(list, language, ':');) {
    // A name is no path.
    if (language.empty() || language.find('/') != std::string::npos) continue;
    wanted.push_back(language);
    wanted.push_back(language.substr(0, language.find('_')));
  }
  return wanted;
}

uint32_t WordAt(const std::string& bytes, size_t at) {
  uint32_t word = 0;
  if (at + sizeof(word) <= bytes.size()) std::memcpy(&word, bytes.data() + at, sizeof(word));
  return word;
}

/// The text whose length and place stand at @p at.
std::string TextAt(const std::string& bytes, size_t at) {
  const size_t length = WordAt(bytes, at);
  const size_t place = WordAt(bytes, at + 4);
  return place <= bytes.size() && length <= bytes.size() - place ? bytes.substr(place, length) : "";
}

/// A file of GNU msgfmt in this machine's byte order (gettext manual, "The Format of GNU MO
/// Files"). Empty for another file.
Catalogue Read(const std::string& path) {
  constexpr uint32_t kMagic = 0x950412de;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Catalogue catalogue;
  if (WordAt(bytes, 0) != kMagic) return catalogue;
  const size_t count = WordAt(bytes, 8);
  const size_t originals = WordAt(bytes, 12);
  const size_t translations = WordAt(bytes, 16);
  for (size_t i = 0; i < count && originals + 8 * i < bytes.size(); ++i) {
    catalogue[TextAt(bytes, originals + 8 * i)] = TextAt(bytes, translations + 8 * i);
  }
  return catalogue;
}

}  // namespace

std::string CatalogueDirectory() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "share" / "locale").string();
}

void StartTranslation(const std::string& directory) {
  // Small images have no locale but this one.
  if (std::setlocale(LC_CTYPE, "") == nullptr) std::setlocale(LC_CTYPE, "C.UTF-8");
  for (const std::string& language : WantedLanguages()) {
    const std::filesystem::path folder = std::filesystem::path(directory) / language;
    Current() = Read((folder / "LC_MESSAGES" / "chatwire.mo").string());
    if (!Current().empty()) return;
  }
}

void StopTranslation() { Current().clear(); }

std::string Tr(const std::string& text) {
  // The catalogue's header is the translation of "".
  const auto found = text.empty() ? Current().end() : Current().find(text);
  return found == Current().end() || found->second.empty() ? text : found->second;
}

}  // namespace chatwire::cli
