#include "cli/message_body.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

constexpr size_t kMaximumBytes = 65'536;

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

}  // namespace

absl::StatusOr<std::string> ReadMessageBody(int fd) {
  std::string body;
  std::array<char, 4096> buffer = {};
  // One byte more than the longest body for the line break, and one to see that there is too much.
  while (body.size() <= kMaximumBytes + 1) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Wrong(absl::StrCat("cannot read standard input: ", std::strerror(errno)));
    if (got == 0) break;
    body.append(buffer.data(), static_cast<size_t>(got));
  }
  if (!body.empty() && body.back() == '\n') body.pop_back();
  if (body.size() > kMaximumBytes) {
    return Wrong("the text on standard input is over 65,536 bytes; send it in parts");
  }
  if (!IsUtf8(body)) return Wrong("the text on standard input is not UTF-8; convert it first");
  return body;
}

}  // namespace chatwire::cli
