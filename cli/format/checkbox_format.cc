#include "cli/format/checkbox_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/format/words.h"

namespace chatwire::cli {

nlohmann::ordered_json CheckboxJson(const mqtt::v1::Checkbox& checkbox) {
  nlohmann::ordered_json json = {{"name", checkbox.name()},
                                 {"title", checkbox.title()},
                                 {"desired", WordOf(checkbox.desired())},
                                 {"reported", WordOf(checkbox.reported())},
                                 {"pending", checkbox.pending()},
                                 {"availability", WordOf(checkbox.availability())},
                                 {"virtual", checkbox.virtual_device()},
                                 {"version", checkbox.version()},
                                 {"create_time", JsonTime(checkbox.create_time())}};
  if (checkbox.has_report_time()) json["report_time"] = JsonTime(checkbox.report_time());
  if (checkbox.has_last_change()) {
    const auto& change = checkbox.last_change();
    json["last_change"] = {{"source", WordOf(change.source())},
                           {"actor", change.actor()},
                           {"change_time", JsonTime(change.change_time())}};
  }
  for (const auto& alias : checkbox.aliases()) {
    json["aliases"].push_back({{"language", alias.language()}, {"text", alias.text()}});
  }
  for (const auto& label : checkbox.labels()) json["labels"].push_back(label);
  for (const auto& entry : checkbox.chat_allow()) json["chat_allow"].push_back(entry);
  return json;
}

std::string CheckboxText(const mqtt::v1::Checkbox& checkbox) {
  const std::string reported = WordOf(checkbox.reported());
  const std::string wanted = WordOf(checkbox.desired());
  const bool waits = checkbox.desired() != mqtt::v1::CHECKBOX_STATE_UNSPECIFIED &&
                     checkbox.desired() != checkbox.reported();
  const std::string wish = waits ? absl::StrCat(" (wanted: ", wanted, ", not confirmed yet)") : "";
  if (checkbox.reported() == mqtt::v1::CHECKBOX_STATE_UNSPECIFIED) {
    return absl::StrCat(checkbox.name(), ": the device has not reported yet", wish);
  }
  return absl::StrCat(checkbox.name(), " is ", reported, wish);
}

Table CheckboxTable(const std::vector<mqtt::v1::Checkbox>& checkboxes) {
  Table table{{"NAME", "STATE", "WANTED", "DEVICE", "CHANGED", "BY", "TITLE"}, {}};
  for (const auto& checkbox : checkboxes) {
    const auto& change = checkbox.last_change();
    const std::string device =
        checkbox.virtual_device() ? "virtual" : WordOf(checkbox.availability());
    const std::string by = checkbox.has_last_change()
                               ? absl::StrCat(WordOf(change.source()), " ", change.actor())
                               : "";
    table.rows.push_back({checkbox.name(), WordOf(checkbox.reported()), WordOf(checkbox.desired()),
                          device, LocalTime(change.change_time()), by, checkbox.title()});
  }
  return table;
}

}  // namespace chatwire::cli
