#include "xmpp-service/http/curl_transfer.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/internet_address.h"

namespace chatwire::xmpp {
namespace {

// libcurl's API is one of variable arguments: `long` is its type.
using CurlLong = long;  // NOLINT(google-runtime-int)

constexpr CurlLong kMaximumRedirects = 5;
// Where Debian keeps the system's authorities, one file each.
constexpr char kSystemAuthorities[] = "/etc/ssl/certs";
constexpr CurlLong kUploadBufferBytes = 256 * 1024;

/// Nothing for families other than IPv4 and IPv6.
std::optional<IpAddress> AddressOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in;
    std::memcpy(&in, &address, sizeof(in));
    Ipv4Address bytes;
    std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
    return bytes;
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in;
    std::memcpy(&in, &address, sizeof(in));
    Ipv6Address bytes;
    std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
    return bytes;
  }
  return std::nullopt;
}

/// What holds for every transfer.
void SetCommonOptions(CURL* handle, const CurlOptions& options) {
  const char* const protocols = options.allow_http ? "https,http" : "https";
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  // A proxy of the environment would connect to addresses that nobody has checked.
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, CurlLong{1});
  // Each transfer makes connections of its own: none was checked for somebody else.
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, CurlLong{1});
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, CurlLong{1});
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "Chatwire");
  // With HTTP/2 a transfer that waits for its reader would keep what comes in memory.
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CurlLong{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CurlLong{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(handle, CURLOPT_CAPATH, kSystemAuthorities);
  if (!options.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   CurlLong{absl::ToInt64Milliseconds(options.connect_timeout)});
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, CurlLong{1});
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
                   CurlLong{absl::ToInt64Seconds(options.stall_timeout)});
  curl_easy_setopt(handle, CURLOPT_FAILONERROR, CurlLong{1});
}

}  // namespace

CurlTransfer::CurlTransfer(const CurlOptions& options, const std::string& url,
                           Completion<bool> done)
    : allows_address_(options.allows_address), done_(std::move(done)), handle_(curl_easy_init()) {
  CURL* const handle = handle_.get();
  SetCommonOptions(handle, options);
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::OpenSocket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, this);
}

CurlTransfer::CurlTransfer(const CurlOptions& options, HttpUpload upload, Completion<bool> done)
    : CurlTransfer(options, upload.url, std::move(done)) {
  upload_ = std::move(upload);
  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_UPLOAD, CurlLong{1});
  curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t{upload_.size_bytes});
  curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBufferBytes);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &CurlTransfer::ReadUpload);
  curl_easy_setopt(handle, CURLOPT_READDATA, this);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &CurlTransfer::DropAnswer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, CurlLong{0});
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &CurlTransfer::OnUploadProgress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, this);
  AddHeader(absl::StrCat("Content-Type: ", upload_.media_type));
  // Without this libcurl waits a second for servers that do not know the question.
  AddHeader("Expect:");
  for (const auto& [name, value] : upload_.headers) AddHeader(absl::StrCat(name, ": ", value));
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_.get());
}

CurlTransfer::CurlTransfer(const CurlOptions& options, HttpDownload download, Completion<bool> done)
    : CurlTransfer(options, download.url, std::move(done)) {
  download_ = std::move(download);
  CURL* const handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, CurlLong{1});
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, kMaximumRedirects);
  // Refuses at the head where the server tells the size; OnBytes counts in any case.
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t{download_.maximum_bytes});
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &CurlTransfer::WriteDownload);
}

void CurlTransfer::AddHeader(const std::string& line) {
  headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
}

curl_socket_t CurlTransfer::OpenSocket(void* transfer, curlsocktype, curl_sockaddr* address) {
  auto* self = static_cast<CurlTransfer*>(transfer);
  // The address that is checked is the one that is connected to, whatever the name says next time;
  // and this comes with every connection, so also after a redirect.
  const auto peer = AddressOf(address->addr);
  if (!peer.has_value() || !self->allows_address_(*peer)) {
    self->address_refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t CurlTransfer::ReadUpload(char* to, size_t size, size_t count, void* transfer) {
  auto* self = static_cast<CurlTransfer*>(transfer);
  const size_t got = self->upload_.read(to, size * count);
  // Only as many bytes are asked for as there must be.
  return got == 0 ? CURL_READFUNC_ABORT : got;
}

size_t CurlTransfer::DropAnswer(char*, size_t size, size_t count, void*) { return size * count; }

int CurlTransfer::OnUploadProgress(void* transfer, curl_off_t, curl_off_t, curl_off_t,
                                   curl_off_t sent) {
  auto* self = static_cast<CurlTransfer*>(transfer);
  if (sent > self->reported_) {
    self->reported_ = sent;
    self->upload_.on_progress(sent);
  }
  return 0;
}

size_t CurlTransfer::WriteDownload(char* bytes, size_t size, size_t count, void* transfer) {
  return static_cast<CurlTransfer*>(transfer)->OnBytes(bytes, size * count);
}

bool CurlTransfer::BeginFile() {
  if (file_began_) return true;
  if (HttpStatus() != 200) return false;
  HttpFileInfo info;
  const char* media_type = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &media_type);
  if (media_type != nullptr) info.media_type = media_type;
  curl_off_t size = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &size);
  info.size_bytes = size > 0 ? size : 0;
  file_began_ = true;
  download_.sink->OnInfo(info);
  return true;
}

size_t CurlTransfer::OnBytes(const char* bytes, size_t size) {
  if (!BeginFile()) return CURL_WRITEFUNC_ERROR;
  if (received_ + static_cast<int64_t>(size) > download_.maximum_bytes) {
    too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  if (!download_.sink->OnBytes(absl::string_view(bytes, size))) return CURL_WRITEFUNC_PAUSE;
  received_ += static_cast<int64_t>(size);
  return size;
}

int64_t CurlTransfer::HttpStatus() const {
  CurlLong status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

void CurlTransfer::Finish(CURLcode code) {
  absl::Status status = StatusOf(code);
  const int64_t http = HttpStatus();
  if (status.ok() && (http < 200 || http >= 300)) status = HttpStatusError(http);
  // An empty file has told nothing yet.
  if (status.ok() && download_.sink != nullptr && !BeginFile()) status = HttpStatusError(http);
  if (status.ok()) {
    done_(true);
  } else {
    done_(status);
  }
}

bool CurlTransfer::Began() const {
  curl_off_t ready = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &ready);
  return ready > 0;
}

absl::Status CurlTransfer::StatusOf(CURLcode code) const {
  const char* const text = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OK:
      return absl::OkStatus();
    case CURLE_UNSUPPORTED_PROTOCOL:
      // Also what it calls an answer that begins like none of HTTP.
      return Began() && HttpStatus() == 0 ? HttpBroken("the answer is not HTTP") : UrlNotAllowed();
    case CURLE_URL_MALFORMAT:
      return BadUrl("the URL, or what it redirects to, is not one");
    case CURLE_COULDNT_CONNECT:
      return address_refused_ ? AddressNotAllowed() : HttpUnreachable(text);
    case CURLE_COULDNT_RESOLVE_HOST:
      return HttpUnreachable(text);
    case CURLE_OPERATION_TIMEDOUT:
      return Began() ? TransferStalled("the web server") : HttpUnreachable("nothing answers");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return HttpTlsFailed(text);
    case CURLE_TOO_MANY_REDIRECTS:
      return HttpRedirects();
    case CURLE_FILESIZE_EXCEEDED:
      return FileTooLarge(download_.maximum_bytes);
    case CURLE_HTTP_RETURNED_ERROR:
      return HttpStatusError(HttpStatus());
    case CURLE_WRITE_ERROR:
      if (too_large_) return FileTooLarge(download_.maximum_bytes);
      return HttpStatusError(HttpStatus());
    default:
      return HttpBroken(text);
  }
}

}  // namespace chatwire::xmpp
