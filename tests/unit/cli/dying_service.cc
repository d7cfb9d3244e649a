#include "tests/unit/cli/dying_service.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace chatwire::cli {
namespace {

constexpr size_t kPreface = 24;
constexpr size_t kFrameHeader = 9;
constexpr char kHeadersFrame = 1;
/// An empty SETTINGS frame: the connection is up (RFC 9113, section 3.4).
constexpr std::array<char, kFrameHeader> kSettings = {0, 0, 0, 4, 0, 0, 0, 0, 0};

/// Whether what the client sent has the beginning of a request in it.
bool HasRequest(std::string_view data) {
  const auto byte = [&data](size_t at) { return static_cast<unsigned char>(data[at]); };
  size_t at = kPreface;
  while (at + kFrameHeader <= data.size()) {
    if (data[at + 3] == kHeadersFrame) return true;
    const size_t length = static_cast<size_t>(byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2));
    at += kFrameHeader + length;
  }
  return false;
}

void AnswerUntilRequest(int connection) {
  static_cast<void>(write(connection, kSettings.data(), kSettings.size()) > 0);
  std::string data;
  std::array<char, 4096> buffer = {};
  ssize_t got = 1;
  while (got > 0 && !HasRequest(data)) {
    got = read(connection, buffer.data(), buffer.size());
    if (got > 0) data.append(buffer.data(), static_cast<size_t>(got));
  }
  close(connection);
}

}  // namespace

DyingService::DyingService() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(place);
  auto* const generic = reinterpret_cast<sockaddr*>(&place);
  static_cast<void>(bind(listener_, generic, size) == 0 && listen(listener_, 8) == 0 &&
                    getsockname(listener_, generic, &size) == 0);
  address_ = absl::StrCat("127.0.0.1:", ntohs(place.sin_port));
  thread_ = std::thread([this] { Serve(); });
}

DyingService::~DyingService() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

void DyingService::Serve() const {
  while (true) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    AnswerUntilRequest(connection);
  }
}

}  // namespace chatwire::cli
