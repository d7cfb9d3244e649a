#ifndef CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_JSON_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_JSON_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/checkbox_config.h"

namespace chatwire::mqtt {

/// One line of a document, read.
struct ConfigLine {
  /// From 1; in an array the number of the element.
  int number = 0;
  CheckboxConfig config;
  /// INVALID_ARGUMENT/BAD_LINE: it is not of the form that ConfigJson writes; BAD_DEVICE: of its
  /// device. `config` then has at most the name.
  absl::Status status;
};

/// @p config as one line of JSON, without a line end: `name`, and what is not empty of `title`,
/// `aliases`, `labels`, `chat_allow`, `virtual`, `device`.
std::string ConfigJson(const CheckboxConfig& config);

/// Reads JSON Lines, or one JSON array. Only the form is checked. Error:
/// INVALID_ARGUMENT/BAD_DOCUMENT where nothing can be said of single lines.
absl::StatusOr<std::vector<ConfigLine>> ParseConfigDocument(const std::string& document);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_JSON_H_
