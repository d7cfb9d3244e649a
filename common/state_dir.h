#ifndef CHATWIRE_COMMON_STATE_DIR_H_
#define CHATWIRE_COMMON_STATE_DIR_H_

#include <string>

#include "absl/status/statusor.h"

namespace chatwire {

/// The one directory in which a service keeps its state: made with mode 0700 where it is missing,
/// checked to be writable, and locked, so that two processes cannot share it by mistake.
///
/// The lock lasts as long as the object, and ends with the process however that ends.
class StateDir {
 public:
  /// Errors, all FAILED_PRECONDITION in the domain `chatwire`: STATE_DIR_UNWRITABLE,
  /// STATE_DIR_IN_USE.
  static absl::StatusOr<StateDir> Open(const std::string& path);

  StateDir(StateDir&& other) noexcept;
  StateDir& operator=(StateDir&& other) noexcept;
  StateDir(const StateDir&) = delete;
  StateDir& operator=(const StateDir&) = delete;
  ~StateDir();

  /// The path of @p name inside the directory.
  std::string Path(const std::string& name) const;

 private:
  StateDir(std::string path, int lock_fd);

  std::string path_;
  int lock_fd_;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_STATE_DIR_H_
