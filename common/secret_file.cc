#include "common/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace chatwire {
namespace {

constexpr size_t kMaximumSecretBytes = size_t{64} * 1024;
constexpr size_t kMaximumPublicBytes = size_t{4} * 1024 * 1024;
constexpr size_t kChunkBytes = size_t{16} * 1024;

absl::Status FileError(const std::string& doing, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", doing, " ", path));
}

absl::Status WriteAll(int fd, absl::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return FileError("write", path);
    }
    content.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(fd) != 0) return FileError("sync", path);
  return absl::OkStatus();
}

/// Without this the new name may be lost in a crash of the machine.
absl::Status SyncDirectoryOf(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const std::string directory = parent.empty() ? "." : parent;
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return FileError("open", directory);
  const int result = fsync(fd);
  close(fd);
  // Some file systems cannot sync a directory and say EINVAL; there is nothing more to be done
  // there.
  if (result != 0 && errno != EINVAL) return FileError("sync", directory);
  return absl::OkStatus();
}

absl::Status WriteWithMode(const std::string& path, absl::string_view content, mode_t mode) {
  const std::string temporary = absl::StrCat(path, ".", getpid(), ".tmp");
  unlink(temporary.c_str());
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) return FileError("create", temporary);
  absl::Status status = WriteAll(fd, content, temporary);
  if (close(fd) != 0 && status.ok()) status = FileError("close", temporary);
  if (status.ok() && rename(temporary.c_str(), path.c_str()) != 0) {
    status = FileError("rename to", path);
  }
  if (!status.ok()) {
    unlink(temporary.c_str());
    return status;
  }
  return SyncDirectoryOf(path);
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& path, size_t maximum_bytes) {
  std::string content;
  std::string chunk(kChunkBytes, '\0');
  while (content.size() <= maximum_bytes) {
    const ssize_t got = read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path);
    if (got == 0) return content;
    content.append(chunk, 0, static_cast<size_t>(got));
  }
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is over ", maximum_bytes, " bytes; it cannot be the right file"));
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t maximum_bytes) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return FileError("read", path);
  auto content = ReadAll(fd, path, maximum_bytes);
  close(fd);
  return content;
}

}  // namespace

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  auto content = ReadFile(path, kMaximumSecretBytes);
  if (!content.ok()) return content;
  if (!content->empty() && content->back() == '\n') content->pop_back();
  if (!content->empty() && content->back() == '\r') content->pop_back();
  if (content->empty()) return absl::InvalidArgumentError(absl::StrCat(path, " is empty"));
  return content;
}

absl::StatusOr<std::string> ReadTokenFile(const std::string& path) {
  const auto content = ReadSecretFile(path);
  if (!content.ok()) return content;
  const absl::string_view token = absl::StripAsciiWhitespace(*content);
  if (token.empty()) return absl::InvalidArgumentError(absl::StrCat(path, " is empty"));
  if (!std::all_of(token.begin(), token.end(), absl::ascii_isgraph)) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " does not hold a token: there are blanks, line breaks or strange characters in it"));
  }
  return std::string(token);
}

absl::StatusOr<std::string> ReadPublicFile(const std::string& path) {
  auto content = ReadFile(path, kMaximumPublicBytes);
  if (content.ok() && content->empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is empty"));
  }
  return content;
}

absl::Status WriteSecretFile(const std::string& path, absl::string_view secret) {
  return WriteWithMode(path, secret, S_IRUSR | S_IWUSR);
}

absl::Status WriteFileAtomically(const std::string& path, absl::string_view content) {
  return WriteWithMode(path, content, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
}

}  // namespace chatwire
