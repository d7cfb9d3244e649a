#ifndef CHATWIRE_CLI_TRANSLATE_H_
#define CHATWIRE_CLI_TRANSLATE_H_

#include <string>

namespace chatwire::cli {

/// Takes the locale of the environment, for the width of characters and for the language of what
/// people read: Tr translates from now on where a catalogue below @p directory
/// (`LANGUAGE/LC_MESSAGES/chatwire.mo`, made by GNU gettext) has the language. The catalogue is
/// read here and not by the C library, which wants the locale to be installed; containers have
/// none. Call before other threads start.
void StartTranslation(const std::string& directory);

/// Where the catalogues are: `../share/locale` from the program's own place.
std::string CatalogueDirectory();

/// English again: what programs read is the same everywhere. Call before other threads start.
void StopTranslation();

/// @p text in the person's language, or as it is. Thread-safe.
///
/// cli/locale/catalogues finds what stands in `Tr("...")` and wants it in each catalogue. Values go
/// in by absl::Substitute: Tr("no token for $0").
std::string Tr(const std::string& text);

/// Marks a text for the catalogues that goes through Tr later.
constexpr const char* Marked(const char* text) { return text; }

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_TRANSLATE_H_
