#ifndef CHATWIRE_XMPP_SERVICE_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_SERVICE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "xmpp-service/config.h"

namespace chatwire::xmpp {

/// All parts of chatwire-xmppd, put together and running. A QCoreApplication has to exist.
class Service {
 public:
  /// Opens the state, brings the accounts back and listens. Errors name what to do.
  static absl::StatusOr<std::unique_ptr<Service>> Start(const Config& config);

  /// Stops in order: health, streams, sessions, calls, journal.
  ~Service();

  /// Where it listens, with the real port.
  const std::string& address() const;

 private:
  struct Parts;

  explicit Service(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SERVICE_H_
