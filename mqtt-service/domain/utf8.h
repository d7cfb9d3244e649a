#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_UTF8_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_UTF8_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace chatwire::mqtt {

/// Whether @p text is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool IsValidUtf8(absl::string_view text);

/// The characters of @p text, which must be well-formed.
std::vector<uint32_t> CharactersOf(absl::string_view text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_UTF8_H_
