#ifndef CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FILE_FAKES_H_
#define CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FILE_FAKES_H_

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/mutex.h"
#include "xmpp-service/domain/http_transfer.h"
#include "xmpp-service/domain/upload_port.h"

namespace chatwire::xmpp {

/// An upload service that gives every file a place. Thread-safe where it says so.
class FakeUploads final : public UploadPort {
 public:
  void FindService(Completion<UploadService> done) override {
    done(UploadService{"upload.example.org", 1'000'000});
  }
  void RequestSlot(const UploadRequest& request, Completion<UploadSlot> done) override {
    const std::string path = absl::StrCat("/", ++slots_, "/", request.file_name);
    done(UploadSlot{"https://example.org/put" + path, "https://example.org/get" + path, {}});
  }

 private:
  int slots_ = 0;
};

/// The web: takes every upload and serves one file, as it is told. Thread-safe.
class FakeWeb final : public HttpTransfers {
 public:
  /// How uploads end from now on. CANCELLED: not before they are cancelled.
  void SetUploadResult(absl::Status status) {
    MutexLock lock(mutex_);
    upload_result_ = std::move(status);
  }
  /// What downloads bring.
  void SetContent(std::string content) {
    MutexLock lock(mutex_);
    content_ = std::move(content);
  }

  /// URL and bytes of every upload that has begun.
  std::vector<std::pair<std::string, std::string>> uploads() {
    MutexLock lock(mutex_);
    return uploads_;
  }
  int cancelled() {
    MutexLock lock(mutex_);
    return cancelled_;
  }
  /// Bytes that the readers of downloads have taken.
  size_t taken() {
    MutexLock lock(mutex_);
    return taken_;
  }

  Id Upload(HttpUpload upload, Completion<bool> done) override {
    std::string bytes(static_cast<size_t>(upload.size_bytes), '\0');
    for (size_t got = 0; got < bytes.size();) {
      got += upload.read(bytes.data() + got, std::min<size_t>(1000, bytes.size() - got));
      upload.on_progress(static_cast<int64_t>(got));
    }
    absl::Status result;
    Id id = 0;
    {
      MutexLock lock(mutex_);
      uploads_.emplace_back(upload.url, std::move(bytes));
      result = upload_result_;
      id = ++last_id_;
      if (absl::IsCancelled(result)) {
        held_[id] = std::move(done);
        return id;
      }
    }
    if (result.ok()) {
      done(true);
    } else {
      done(result);
    }
    return id;
  }

  Id Download(HttpDownload download, Completion<bool> done) override {
    Id id = 0;
    {
      MutexLock lock(mutex_);
      id = ++last_id_;
      held_[id] = std::move(done);
      running_[id] = {std::move(download), 0};
    }
    Resume(id);
    return id;
  }

  void Resume(Id id) override {
    for (;;) {
      std::shared_ptr<HttpSink> sink;
      std::string bytes;
      bool first = false;
      int64_t size = 0;
      {
        MutexLock lock(mutex_);
        const auto found = running_.find(id);
        if (found == running_.end()) return;
        sink = found->second.first.sink;
        first = found->second.second == 0;
        bytes = content_.substr(found->second.second, 16'384);
        size = static_cast<int64_t>(content_.size());
      }
      if (first) sink->OnInfo({"image/png", size});
      if (bytes.empty()) {
        End(id, absl::OkStatus());
        return;
      }
      if (!sink->OnBytes(bytes)) return;
      MutexLock lock(mutex_);
      taken_ += bytes.size();
      const auto found = running_.find(id);
      if (found != running_.end()) found->second.second += bytes.size();
    }
  }

  void Cancel(Id id) override {
    {
      MutexLock lock(mutex_);
      if (held_.count(id) > 0) ++cancelled_;
    }
    End(id, absl::CancelledError("cancelled"));
  }

 private:
  void End(Id id, const absl::Status& status) {
    Completion<bool> done;
    {
      MutexLock lock(mutex_);
      running_.erase(id);
      const auto found = held_.find(id);
      if (found == held_.end()) return;
      done = std::move(found->second);
      held_.erase(found);
    }
    if (status.ok()) {
      done(true);
    } else {
      done(status);
    }
  }

  Mutex mutex_;
  absl::Status upload_result_ ABSL_GUARDED_BY(mutex_);
  std::string content_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::pair<std::string, std::string>> uploads_ ABSL_GUARDED_BY(mutex_);
  std::map<Id, Completion<bool>> held_ ABSL_GUARDED_BY(mutex_);
  std::map<Id, std::pair<HttpDownload, size_t>> running_ ABSL_GUARDED_BY(mutex_);
  Id last_id_ ABSL_GUARDED_BY(mutex_) = 0;
  int cancelled_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FILE_FAKES_H_
