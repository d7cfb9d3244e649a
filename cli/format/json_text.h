#ifndef CHATWIRE_CLI_FORMAT_JSON_TEXT_H_
#define CHATWIRE_CLI_FORMAT_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace chatwire::cli {

/// The value of @p object at @p path, names and numbers of elements with dots between:
/// `contact.groups.0`; `options.*.value` is the list of all of them. Null where there is none.
nlohmann::ordered_json ValueAt(const nlohmann::ordered_json& object, const std::string& path);

/// A value on one line for a person: text as it is, yes and no, local time, a list with commas,
/// nothing for what is not there or "unknown"; what stands behind a `|` in the path where that is
/// nothing.
std::string CellText(const nlohmann::ordered_json& object, const std::string& path);

/// All of @p object in lines `name: value`, what is nested set in by two; what is empty is left
/// out.
std::vector<std::string> ObjectText(const nlohmann::ordered_json& object);

/// @p pattern with each `{path}` replaced by the value there (lists with commas, objects as JSON),
/// `{{` and `}}` by braces, `\t` and `\n` by TAB and line break. Control characters in values are
/// shown, not sent: see Printable.
std::string ExpandTemplate(const std::string& pattern, const nlohmann::ordered_json& object);

/// The paths that @p pattern names.
std::vector<std::string> PathsIn(const std::string& pattern);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_JSON_TEXT_H_
