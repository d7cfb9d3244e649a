#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_HTTP_TRANSFER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_HTTP_TRANSFER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/completion.h"

namespace chatwire::xmpp {

/// Bytes that go to a web server with PUT.
struct HttpUpload {
  std::string url;
  std::string media_type;
  /// Further header fields, checked.
  std::vector<std::pair<std::string, std::string>> headers;
  int64_t size_bytes = 0;
  /// Copies the next bytes, at most the given number; 0 when they cannot be read. On the transfers'
  /// thread.
  std::function<size_t(char*, size_t)> read;
  /// So many bytes are sent. On the transfers' thread.
  std::function<void(int64_t)> on_progress;
};

/// What a web server tells before the bytes.
struct HttpFileInfo {
  /// As it came; may be empty.
  std::string media_type;
  /// 0: unknown.
  int64_t size_bytes = 0;
};

/// Takes the bytes of a download. On the transfers' thread; must not block.
class HttpSink {
 public:
  virtual ~HttpSink() = default;

  /// Once, before the first bytes.
  virtual void OnInfo(const HttpFileInfo& info) = 0;

  /// False: no room now. The same bytes come again after HttpTransfers::Resume.
  virtual bool OnBytes(absl::string_view bytes) = 0;
};

struct HttpDownload {
  std::string url;
  int64_t maximum_bytes = 0;
  std::shared_ptr<HttpSink> sink;
};

/// Moves files to and from web servers.
///
/// Thread-safe, never blocks. Completions run on the transfers' thread, or at once when the service
/// is stopping. It keeps to https, public addresses and sound certificates as the operator wants
/// it, over redirects, too.
class HttpTransfers {
 public:
  using Id = uint64_t;

  virtual ~HttpTransfers() = default;

  /// Errors: those of FileService.DownloadFile that begin with `HTTP_`, and BAD_URL,
  /// URL_NOT_ALLOWED, ADDRESS_NOT_ALLOWED, TRANSFER_STALLED, SHUTTING_DOWN; CANCELLED
  /// after Cancel.
  virtual Id Upload(HttpUpload upload, Completion<bool> done) = 0;

  /// Errors: as Upload, and FILE_TOO_LARGE.
  virtual Id Download(HttpDownload download, Completion<bool> done) = 0;

  /// The sink has room again.
  virtual void Resume(Id id) = 0;

  /// Ends the transfer at once. Nothing happens when it has ended.
  virtual void Cancel(Id id) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_HTTP_TRANSFER_H_
