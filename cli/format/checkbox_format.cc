#include "cli/format/checkbox_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format/words.h"
#include "cli/rpc/message_json.h"

namespace chatwire::cli {
namespace {

using Readings = google::protobuf::RepeatedPtrField<mqtt::v1::DeviceReading>;
using Texts = google::protobuf::RepeatedPtrField<std::string>;

/// `tele/lamp/STATE (POWER), stat/lamp/POWER`.
std::string ReadingsText(const Readings& readings) {
  return absl::StrJoin(readings, ", ",
                       [](std::string* out, const mqtt::v1::DeviceReading& reading) {
                         absl::StrAppend(out, reading.topic());
                         if (!reading.value_path().empty())
                           absl::StrAppend(out, " (", reading.value_path(), ")");
                       });
}

std::string ValuesText(const Texts& yes, const Texts& no) {
  return absl::StrCat(absl::StrJoin(yes, " or "), " / ", absl::StrJoin(no, " or "));
}

/// Without the fields that are only for requests.
nlohmann::ordered_json DeviceJson(const mqtt::v1::DeviceBinding& device) {
  nlohmann::ordered_json json = MessageJson(device);
  for (const char* key : {"preset", "topic", "prefix", "channel", "home_assistant_config"}) {
    json.erase(key);
  }
  return json;
}

}  // namespace

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
  if (checkbox.has_device()) json["device"] = DeviceJson(checkbox.device());
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

std::vector<std::string> DeviceLines(const mqtt::v1::Checkbox& checkbox) {
  if (!checkbox.has_device()) return {};
  const mqtt::v1::DeviceBinding& device = checkbox.device();
  std::vector<std::string> lines = {
      absl::StrCat("  asked on ", device.command_topic(), ": ", device.payload_on(), " / ",
                   device.payload_off()),
      absl::StrCat("  says what it is on ", ReadingsText(device.states()), ": ",
                   ValuesText(device.state_on(), device.state_off()))};
  if (device.availability_size() > 0) {
    lines.push_back(absl::StrCat("  says whether it is there on ",
                                 ReadingsText(device.availability()), ": ",
                                 ValuesText(device.online(), device.offline())));
  }
  return lines;
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
