#include "common/state_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire {
namespace {

constexpr ErrorReason kUnwritable{"chatwire", "STATE_DIR_UNWRITABLE"};
constexpr ErrorReason kInUse{"chatwire", "STATE_DIR_IN_USE"};

absl::Status Unwritable(const std::string& path, const std::string& why) {
  return MakeError(
      absl::StatusCode::kFailedPrecondition, kUnwritable,
      absl::StrCat("the state directory ", path, " cannot be used: ", why,
                   "; give --state_dir a directory that user ", geteuid(), " may write to"),
      {{"path", path}});
}

std::string WithoutLastSlash(const std::string& path) {
  const size_t last = path.find_last_not_of('/');
  return last == std::string::npos ? path : path.substr(0, last + 1);
}

}  // namespace

absl::StatusOr<StateDir> StateDir::Open(const std::string& path) {
  if (path.empty()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, kUnwritable,
                     "no state directory is set; give --state_dir");
  }
  std::error_code error;
  // Without the slash at the end that shells complete: it would make the directory its own parent.
  const std::filesystem::path dir(WithoutLastSlash(path));
  if (!std::filesystem::exists(dir, error)) {
    if (dir.has_parent_path()) std::filesystem::create_directories(dir.parent_path(), error);
    if (mkdir(dir.c_str(), S_IRWXU) != 0) return Unwritable(path, std::strerror(errno));
  }
  const std::string lock = (dir / "lock").string();
  const int fd = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return Unwritable(path, std::strerror(errno));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    close(fd);
    return MakeError(absl::StatusCode::kFailedPrecondition, kInUse,
                     absl::StrCat("another process uses the state directory ", path,
                                  "; stop it, or give this one a --state_dir of its own"),
                     {{"path", path}});
  }
  return StateDir(path, fd);
}

StateDir::StateDir(std::string path, int lock_fd) : path_(std::move(path)), lock_fd_(lock_fd) {}

StateDir::StateDir(StateDir&& other) noexcept
    : path_(std::move(other.path_)), lock_fd_(std::exchange(other.lock_fd_, -1)) {}

StateDir& StateDir::operator=(StateDir&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_fd_, other.lock_fd_);
  return *this;
}

StateDir::~StateDir() {
  if (lock_fd_ >= 0) close(lock_fd_);
}

std::string StateDir::Path(const std::string& name) const {
  return (std::filesystem::path(path_) / name).string();
}

}  // namespace chatwire
