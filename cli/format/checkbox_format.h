#ifndef CHATWIRE_CLI_FORMAT_CHECKBOX_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_CHECKBOX_FORMAT_H_

#include <string>
#include <vector>

#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "cli/table.h"
#include "nlohmann/json_fwd.hpp"

namespace chatwire::cli {

/// {name, title, desired, reported, pending, availability, virtual, version, create_time} and,
/// where they are set, {report_time, last_change: {source, actor, change_time}, aliases:
/// [{language, text}], labels, chat_allow, device}}. States are `on`, `off`, `unknown`.
nlohmann::ordered_json CheckboxJson(const mqtt::v1::Checkbox& checkbox);

/// `lamp is on`, `lamp is off (wanted: on, not confirmed yet)`, `lamp: the device has not reported
/// yet`.
std::string CheckboxText(const mqtt::v1::Checkbox& checkbox);

/// How its device is reached, a line for each direction. Empty: through the service's own topics.
std::vector<std::string> DeviceLines(const mqtt::v1::Checkbox& checkbox);

Table CheckboxTable(const std::vector<mqtt::v1::Checkbox>& checkboxes);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_CHECKBOX_FORMAT_H_
