#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SMALL_WEB_SERVER_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SMALL_WEB_SERVER_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/mutex.h"

namespace chatwire::xmpp {

/// A web server without TLS, one connection at a time, on a free port of 127.0.0.1.
class SmallWebServer {
 public:
  struct Request {
    std::string head;
    std::string body;
  };
  /// All bytes of an answer.
  using Answer = std::function<std::string(const Request&)>;

  explicit SmallWebServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    listen(listener_, 8);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }

  ~SmallWebServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string Url(const std::string& path) const {
    return absl::StrCat("http://127.0.0.1:", port_, path);
  }
  uint16_t port() const { return port_; }
  Request last() {
    MutexLock lock(mutex_);
    return last_;
  }
  /// Bytes of answers that were taken off our hands.
  size_t sent() const { return sent_; }

  static std::string Ok(const std::string& body, const std::string& more = "") {
    return absl::StrCat("HTTP/1.1 200 OK\r\nContent-Length: ", body.size(), "\r\n", more, "\r\n",
                        body);
  }

 private:
  void Serve() {
    for (;;) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      const Request request = Read(connection);
      {
        MutexLock lock(mutex_);
        last_ = request;
      }
      Write(connection, answer_(request));
      close(connection);
    }
  }

  static Request Read(int connection) {
    std::string text;
    size_t end = std::string::npos;
    size_t wanted = 0;
    char buffer[65536];
    while (end == std::string::npos || text.size() < end + 4 + wanted) {
      const ssize_t got = recv(connection, buffer, sizeof(buffer), 0);
      if (got <= 0) break;
      text.append(buffer, static_cast<size_t>(got));
      if (end == std::string::npos) {
        end = text.find("\r\n\r\n");
        const size_t length = text.find("Content-Length: ");
        if (end != std::string::npos && length != std::string::npos) {
          (void)absl::SimpleAtoi(text.substr(length + 16, text.find('\r', length) - length - 16),
                                 &wanted);
        }
      }
    }
    if (end == std::string::npos) return {text, ""};
    return {text.substr(0, end), text.substr(end + 4)};
  }

  void Write(int connection, const std::string& answer) {
    size_t done = 0;
    while (done < answer.size()) {
      const ssize_t sent =
          send(connection, answer.data() + done, answer.size() - done, MSG_NOSIGNAL);
      if (sent <= 0) return;
      done += static_cast<size_t>(sent);
      sent_ += static_cast<size_t>(sent);
    }
  }

  const Answer answer_;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::atomic<size_t> sent_{0};
  Mutex mutex_;
  Request last_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SMALL_WEB_SERVER_H_
