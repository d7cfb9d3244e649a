#ifndef CHATWIRE_COMMON_UUID_H_
#define CHATWIRE_COMMON_UUID_H_

#include <string>

#include "absl/strings/string_view.h"

namespace chatwire {

/// A random UUID, version 4 (RFC 9562, section 5.4). Thread-safe.
std::string RandomUuid();

/// A UUID that is the same for the same @p name_space and @p name, version 8 (RFC 9562,
/// section 5.8) over BLAKE2b: for ids that a retry after a crash must find again. Thread-safe.
std::string DerivedUuid(absl::string_view name_space, absl::string_view name);

/// Whether @p text has the form of a UUID, in lower or upper case, of any version.
bool IsUuid(absl::string_view text);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_UUID_H_
