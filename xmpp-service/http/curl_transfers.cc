#include "xmpp-service/http/curl_transfers.h"

#include <curl/curl.h>

#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/http/curl_transfer.h"

namespace chatwire::xmpp {
namespace {

// libcurl's own timers wake it earlier.
constexpr int kPollMilliseconds = 1000;

void* MakeMulti() {
  // Once in a process, before any other call of the library.
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(initialised);
  return curl_multi_init();
}

}  // namespace

class CurlTransfers::Loop {
 public:
  explicit Loop(CURLM* multi) : multi_(multi) {}

  void Add(Id id, std::unique_ptr<CurlTransfer> transfer) {
    curl_multi_add_handle(multi_, transfer->handle());
    ids_[transfer->handle()] = id;
    transfers_[id] = std::move(transfer);
  }

  void Resume(Id id) {
    const auto found = transfers_.find(id);
    if (found != transfers_.end()) found->second->Resume();
  }

  void End(Id id, const absl::Status& status) {
    if (const auto transfer = Remove(id)) transfer->Finish(status);
  }

  void EndAll(const absl::Status& status) {
    while (!transfers_.empty()) End(transfers_.begin()->first, status);
  }

  /// Moves what can be moved.
  void Step() {
    int running = 0;
    curl_multi_perform(multi_, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      // The message goes with the handle.
      const CURLcode code = message->data.result;
      if (const auto transfer = Remove(ids_.at(message->easy_handle))) transfer->Finish(code);
    }
  }

 private:
  std::unique_ptr<CurlTransfer> Remove(Id id) {
    const auto found = transfers_.find(id);
    if (found == transfers_.end()) return nullptr;
    auto transfer = std::move(found->second);
    transfers_.erase(found);
    ids_.erase(transfer->handle());
    curl_multi_remove_handle(multi_, transfer->handle());
    return transfer;
  }

  CURLM* const multi_;
  std::map<Id, std::unique_ptr<CurlTransfer>> transfers_;
  std::map<CURL*, Id> ids_;
};

CurlTransfers::CurlTransfers(CurlOptions options)
    : options_(std::move(options)), multi_(MakeMulti()), thread_([this] { Run(); }) {}

CurlTransfers::~CurlTransfers() {
  Stop();
  curl_multi_cleanup(multi_);
}

void CurlTransfers::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  curl_multi_wakeup(multi_);
  if (thread_.joinable()) thread_.join();
}

void CurlTransfers::Post(Command command) {
  {
    MutexLock lock(mutex_);
    // Dropped, it completes what it holds.
    if (stopping_) return;
    commands_.push_back(std::move(command));
  }
  curl_multi_wakeup(multi_);
}

HttpTransfers::Id CurlTransfers::Upload(HttpUpload upload, Completion<bool> done) {
  const Id id = ++last_id_;
  Post([this, id, upload = std::move(upload), done = std::move(done)](Loop& loop) mutable {
    loop.Add(id, std::make_unique<CurlTransfer>(options_, std::move(upload), std::move(done)));
  });
  return id;
}

HttpTransfers::Id CurlTransfers::Download(HttpDownload download, Completion<bool> done) {
  const Id id = ++last_id_;
  Post([this, id, download = std::move(download), done = std::move(done)](Loop& loop) mutable {
    loop.Add(id, std::make_unique<CurlTransfer>(options_, std::move(download), std::move(done)));
  });
  return id;
}

void CurlTransfers::Resume(Id id) {
  Post([id](Loop& loop) { loop.Resume(id); });
}

void CurlTransfers::Cancel(Id id) {
  Post([id](Loop& loop) { loop.End(id, absl::CancelledError("the transfer was cancelled")); });
}

std::vector<CurlTransfers::Command> CurlTransfers::TakeCommands() {
  MutexLock lock(mutex_);
  return std::exchange(commands_, {});
}

void CurlTransfers::Run() {
  Loop loop(multi_);
  const auto stopping = [this] {
    MutexLock lock(mutex_);
    return stopping_;
  };
  while (!stopping()) {
    for (Command& command : TakeCommands()) command(loop);
    loop.Step();
    curl_multi_poll(multi_, nullptr, 0, kPollMilliseconds, nullptr);
  }
  for (Command& command : TakeCommands()) command(loop);
  loop.EndAll(ShuttingDown());
}

}  // namespace chatwire::xmpp
