#include "cli/file_sink.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"

namespace chatwire::cli {
namespace {

absl::Status Failed(const std::string& path) {
  return MakeError(absl::StatusCode::kUnknown, kFileReason,
                   absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<FileSink>> FileSink::Open(const std::string& path, int stdout_fd) {
  if (path == "-") {
    return std::unique_ptr<FileSink>(new FileSink("standard output", "", dup(stdout_fd)));
  }
  std::string temporary = path + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return Failed(path);
  return std::unique_ptr<FileSink>(new FileSink(path, temporary, fd));
}

FileSink::FileSink(std::string path, std::string temporary, int fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(fd) {}

FileSink::~FileSink() {
  close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

absl::Status FileSink::Write(const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = write(fd_, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed(path_);
    done += static_cast<size_t>(written);
  }
  return absl::OkStatus();
}

absl::Status FileSink::Commit() {
  if (temporary_.empty()) return absl::OkStatus();
  // mkostemp makes it 0600; a file that a person asked for has the rights that they are used to.
  const mode_t mask = umask(0);
  umask(mask);
  if (fchmod(fd_, 0666 & ~mask) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0) {
    return Failed(path_);
  }
  temporary_.clear();
  return absl::OkStatus();
}

absl::Status CheckReplaceable(const std::string& path, const std::string& what) {
  std::error_code ignored;
  const auto there = std::filesystem::status(path, ignored);
  // A device or a directory does not survive that, or does not allow it.
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
    return MakeError(absl::StatusCode::kUnknown, kFileReason,
                     absl::StrCat("no ", what, " can be kept in ", path,
                                  ", which is no ordinary file; name one"));
  }
  return FileSink::Open(path, -1).status();
}

}  // namespace chatwire::cli
