#include "cli/input.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/printable.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

constexpr size_t kLongestText = size_t{1} << 20;
constexpr size_t kLargestFile = size_t{16} << 20;

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

/// Appends the next bytes; returns whether there were any.
absl::StatusOr<bool> ReadSome(int fd, const std::string& what, std::string& content) {
  std::array<char, 16384> buffer = {};
  ssize_t got = 0;
  do {
    got = read(fd, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) return Wrong(absl::StrCat("cannot read ", what, ": ", std::strerror(errno)));
  content.append(buffer.data(), static_cast<size_t>(got));
  return got > 0;
}

/// Whether something came (or the end) before @p stop said so.
bool WaitForInput(int fd, const std::function<bool()>& stop) {
  constexpr int kAskAgainMilliseconds = 100;
  pollfd input = {fd, POLLIN, 0};
  while (!stop()) {
    if (poll(&input, 1, kAskAgainMilliseconds) != 0) return true;
  }
  return false;
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& what, size_t limit) {
  std::string content;
  while (true) {
    const auto more = ReadSome(fd, what, content);
    if (!more.ok()) return more.status();
    if (content.size() > limit) {
      return Wrong(absl::StrCat(what, " has over ", limit >> 20, " MiB, which is too much here"));
    }
    if (!*more) return content;
  }
}

}  // namespace

absl::StatusOr<std::string> ReadText(int fd) {
  auto text = ReadAll(fd, "standard input", kLongestText);
  if (!text.ok()) return text;
  if (!text->empty() && text->back() == '\n') text->pop_back();
  if (!IsUtf8(*text)) return Wrong("the text on standard input is not UTF-8; convert it first");
  return text;
}

absl::StatusOr<std::string> ReadWhole(const std::string& path, int stdin_fd) {
  if (path == "-") return ReadAll(stdin_fd, "standard input", kLargestFile);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Wrong(absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
  auto content = ReadAll(fd, path, kLargestFile);
  close(fd);
  return content;
}

absl::StatusOr<std::string> ReadSecret(const std::string& path, int stdin_fd) {
  const auto content =
      path == "-" ? ReadAll(stdin_fd, "standard input", kLongestText) : ReadSecretFile(path);
  if (!content.ok()) return Wrong(std::string(content.status().message()));
  return content->substr(0, content->find('\n'));
}

absl::StatusOr<std::string> ReadLineOf(const std::string& path) {
  const auto content = ReadWhole(path, -1);
  if (!content.ok()) return content.status();
  return content->substr(0, content->find('\n'));
}

absl::Status ForEachLine(int fd, const std::function<absl::Status(const std::string&)>& each,
                         const std::function<bool()>& stop) {
  std::string buffer;
  while (true) {
    if (stop != nullptr && !WaitForInput(fd, stop)) return absl::OkStatus();
    const auto more = ReadSome(fd, "standard input", buffer);
    if (!more.ok()) return more.status();
    if (!*more && !buffer.empty() && buffer.back() != '\n') buffer += '\n';
    size_t start = 0;
    for (size_t end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n', start)) {
      const std::string line = buffer.substr(start, end - start);
      start = end + 1;
      if (!IsUtf8(line)) return Wrong("a line of standard input is not UTF-8; convert it first");
      absl::Status done = each(line);
      if (!done.ok()) return done;
    }
    buffer.erase(0, start);
    if (buffer.size() > kLongestText) return Wrong("a line of standard input is over 1 MiB");
    if (!*more) return absl::OkStatus();
  }
}

}  // namespace chatwire::cli
