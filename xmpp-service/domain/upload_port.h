#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_UPLOAD_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_UPLOAD_PORT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/completion.h"

namespace chatwire::xmpp {

/// Where an account's server takes files (XEP-0363).
struct UploadService {
  std::string jid;
  /// 0: it states no limit.
  int64_t maximum_bytes = 0;
};

/// A file that is to be uploaded.
struct UploadRequest {
  /// JID of the service.
  std::string service;
  std::string file_name;
  std::string media_type;
  int64_t size_bytes = 0;
};

/// Where one file goes. The URLs are as the server sent them.
struct UploadSlot {
  std::string put_url;
  std::string get_url;
  /// For the PUT: only names that XEP-0363 allows, without line ends.
  std::vector<std::pair<std::string, std::string>> headers;
};

/// HTTP file upload (XEP-0363) of one session. On the session's executor; errors as
/// Stream::Request.
class UploadPort {
 public:
  virtual ~UploadPort() = default;

  /// Errors also: FAILED_PRECONDITION/NO_UPLOAD_SERVICE.
  virtual void FindService(Completion<UploadService> done) = 0;

  /// Errors also: FAILED_PRECONDITION/BAD_UPLOAD_SLOT, FAILED_PRECONDITION/FILE_TOO_LARGE.
  virtual void RequestSlot(const UploadRequest& request, Completion<UploadSlot> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_UPLOAD_PORT_H_
