#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_JSON_OBJECT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_JSON_OBJECT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace chatwire::mqtt {

/// Writes one flat JSON object (RFC 8259), fields in the order in which they are added.
class JsonObject {
 public:
  JsonObject& Text(absl::string_view key, absl::string_view value);
  /// null where @p value is empty.
  JsonObject& TextOrNull(absl::string_view key, absl::string_view value);
  JsonObject& Int(absl::string_view key, int64_t value);
  JsonObject& Bool(absl::string_view key, bool value);
  JsonObject& Null(absl::string_view key);
  /// An array of what Take has given.
  JsonObject& Objects(absl::string_view key, const std::vector<std::string>& objects);

  std::string Take();

 private:
  void Key(absl::string_view key);

  std::string text_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_JSON_OBJECT_H_
