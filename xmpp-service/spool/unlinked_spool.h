#ifndef CHATWIRE_XMPP_SERVICE_SPOOL_UNLINKED_SPOOL_H_
#define CHATWIRE_XMPP_SERVICE_SPOOL_UNLINKED_SPOOL_H_

#include <memory>
#include <string>

#include "xmpp-service/domain/spool.h"

namespace chatwire::xmpp {

/// Files of mode 0600 in one folder that lose their name as soon as they are made: what is left of
/// them goes with the process, also after a crash.
class UnlinkedSpool final : public Spool {
 public:
  /// @p folder exists.
  explicit UnlinkedSpool(std::string folder) : folder_(std::move(folder)) {}

  absl::StatusOr<std::unique_ptr<SpoolFile>> Create() override;

 private:
  const std::string folder_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SPOOL_UNLINKED_SPOOL_H_
