#ifndef CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFERS_H_
#define CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFERS_H_

#include <atomic>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "common/mutex.h"
#include "xmpp-service/domain/http_transfer.h"
#include "xmpp-service/http/curl_options.h"

namespace chatwire::xmpp {

/// All transfers, by libcurl on one thread of its own.
class CurlTransfers final : public HttpTransfers {
 public:
  explicit CurlTransfers(CurlOptions options);
  /// Stops.
  ~CurlTransfers() override;

  /// Ends every transfer with SHUTTING_DOWN. Idempotent; not from the thread itself.
  void Stop();

  Id Upload(HttpUpload upload, Completion<bool> done) override;
  Id Download(HttpDownload download, Completion<bool> done) override;
  void Resume(Id id) override;
  void Cancel(Id id) override;

 private:
  /// What only the thread touches.
  class Loop;
  using Command = absl::AnyInvocable<void(Loop&)>;

  void Post(Command command);
  std::vector<Command> TakeCommands();
  void Run();

  const CurlOptions options_;
  /// A CURLM, that Post may wake.
  void* const multi_;
  std::atomic<Id> last_id_{0};
  Mutex mutex_;
  std::vector<Command> commands_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFERS_H_
