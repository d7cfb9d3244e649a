#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_VALUE_PATH_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_VALUE_PATH_H_

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

namespace chatwire::mqtt {

/// One step into JSON: the key of an object, or the index of an array.
using PathStep = std::variant<std::string, size_t>;

/// Takes a path apart, such as `POWER`, `relays[0].ison` or `params.switch:0.output`: keys with
/// dots in between, and indices in brackets. A key is of any characters but `.`, `[`, `]`, quotes
/// and blanks. A `$.` in front, as in JSONPath, is taken off. Empty: no step, the whole payload.
///
/// Error: INVALID_ARGUMENT/BAD_DEVICE for what is no such path, over 128 bytes, or over 16 steps.
absl::StatusOr<std::vector<PathStep>> ParseValuePath(const std::string& path);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_VALUE_PATH_H_
