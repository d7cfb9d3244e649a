#ifndef CHATWIRE_XMPP_SERVICE_SESSION_UPLOAD_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_UPLOAD_CLIENT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "xmpp-service/domain/upload_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Asks the account's server for places to upload files to (XEP-0363).
class UploadClient final : public SessionPart, public UploadPort {
 public:
  /// @p stream outlives it.
  explicit UploadClient(Stream& stream) : stream_(stream) {}

  void OnUp(bool resumed) override;

  void FindService(Completion<UploadService> done) override;
  void RequestSlot(const UploadRequest& request, Completion<UploadSlot> done) override;

 private:
  struct Search;

  /// Asks the server itself and each of its items who they are.
  void AskEach(std::vector<std::string> jids);
  void OnInfo(Search& search, size_t index, const absl::StatusOr<QDomElement>& answer);
  void Finish(const absl::StatusOr<UploadService>& service);

  Stream& stream_;
  /// Found on this stream.
  std::optional<UploadService> service_;
  /// One search at a time; who comes meanwhile waits for it.
  std::vector<Completion<UploadService>> waiting_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_UPLOAD_CLIENT_H_
