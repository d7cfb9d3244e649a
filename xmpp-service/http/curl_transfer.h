#ifndef CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFER_H_
#define CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFER_H_

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "xmpp-service/domain/http_transfer.h"
#include "xmpp-service/http/curl_options.h"

namespace chatwire::xmpp {

/// One transfer: a handle of libcurl, what it may do, and what it works on. On the transfers'
/// thread.
class CurlTransfer {
 public:
  CurlTransfer(const CurlOptions& options, HttpUpload upload, Completion<bool> done);
  CurlTransfer(const CurlOptions& options, HttpDownload download, Completion<bool> done);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  CURL* handle() const { return handle_.get(); }

  /// libcurl is done with it.
  void Finish(CURLcode code);
  /// Ends it with @p status.
  void Finish(const absl::Status& status) { done_(status); }
  /// The sink has room again.
  void Resume() { curl_easy_pause(handle_.get(), CURLPAUSE_CONT); }

 private:
  struct HandleDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  CurlTransfer(const CurlOptions& options, const std::string& url, Completion<bool> done);

  void AddHeader(const std::string& line);
  absl::Status StatusOf(CURLcode code) const;
  /// Whether a request was sent.
  bool Began() const;
  int64_t HttpStatus() const;
  /// Whether the answer is a file that may come; tells the sink of it.
  bool BeginFile();
  size_t OnBytes(const char* bytes, size_t size);

  // For libcurl; the last argument is the transfer.
  static curl_socket_t OpenSocket(void* transfer, curlsocktype purpose, curl_sockaddr* address);
  static size_t ReadUpload(char* to, size_t size, size_t count, void* transfer);
  static size_t DropAnswer(char* bytes, size_t size, size_t count, void* transfer);
  static size_t WriteDownload(char* bytes, size_t size, size_t count, void* transfer);
  static int OnUploadProgress(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent);

  const std::function<bool(const IpAddress&)> allows_address_;
  HttpUpload upload_;
  HttpDownload download_;
  Completion<bool> done_;
  bool address_refused_ = false;
  bool file_began_ = false;
  bool too_large_ = false;
  int64_t received_ = 0;
  int64_t reported_ = 0;
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  std::unique_ptr<CURL, HandleDeleter> handle_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_HTTP_CURL_TRANSFER_H_
