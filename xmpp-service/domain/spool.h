#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SPOOL_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SPOOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Bytes on their way through the service. Gone with the object, and with the process however that
/// ends. Calls block on the disk.
class SpoolFile {
 public:
  virtual ~SpoolFile() = default;

  /// Errors: RESOURCE_EXHAUSTED/SPOOL_FAILED.
  virtual absl::Status Append(absl::string_view bytes) = 0;

  /// Copies up to @p size bytes from @p offset on; 0 at the end and on errors. May be called while
  /// no other call runs, on any thread.
  virtual size_t Read(int64_t offset, char* to, size_t size) const = 0;
};

/// Makes them. Thread-safe.
class Spool {
 public:
  virtual ~Spool() = default;

  /// Errors: RESOURCE_EXHAUSTED/SPOOL_FAILED.
  virtual absl::StatusOr<std::unique_ptr<SpoolFile>> Create() = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SPOOL_H_
