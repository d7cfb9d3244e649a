#ifndef CHATWIRE_CLI_FORMAT_JSON_TEXT_H_
#define CHATWIRE_CLI_FORMAT_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace chatwire::cli {

/// The value of @p object at @p path, names and numbers of elements with dots between:
/// `contact.groups.0`; `options.*.value` is the list of all of them. Null where there is none.
nlohmann::ordered_json ValueAt(const nlohmann::ordered_json& object, const std::string& path);

/// ValueAt; where @p object has no such name and is an event, then that of what happened:
/// `body` is `message_received.body` where `kind` is `message_received`.
nlohmann::ordered_json FieldOf(const nlohmann::ordered_json& object, const std::string& path);

/// The field (see FieldOf) as a script wants it: text as it is, lists with commas, objects as JSON,
/// nothing for what is not there. Control characters are shown, not sent: see Printable.
std::string FieldText(const nlohmann::ordered_json& object, const std::string& path);

/// A value on one line for a person: text as it is, yes and no, local time, a list with commas,
/// nothing for what is not there or "unknown"; what stands behind a `|` in the path where that is
/// nothing.
std::string CellText(const nlohmann::ordered_json& object, const std::string& path);

/// All of @p object in lines `name: value`, what is nested set in by two; what is empty is left
/// out.
std::vector<std::string> ObjectText(const nlohmann::ordered_json& object);

/// @p pattern with each `{path}` replaced by its FieldText, `{{` and `}}` by braces, `\t`, `\n` and
/// `\\` by TAB, line break and backslash.
std::string ExpandTemplate(const std::string& pattern, const nlohmann::ordered_json& object);

/// The paths that @p pattern names.
std::vector<std::string> PathsIn(const std::string& pattern);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_JSON_TEXT_H_
