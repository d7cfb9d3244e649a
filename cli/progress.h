#ifndef CHATWIRE_CLI_PROGRESS_H_
#define CHATWIRE_CLI_PROGRESS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace chatwire::cli {

/// A bar on standard error that shows how far something is; nothing where that is no terminal.
class Progress {
 public:
  /// @p unit names what is counted; "" for bytes. @p fd -1: nothing is shown.
  Progress(int fd, const std::string& what, std::string unit = "");

  /// Clears the bar.
  ~Progress();

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// @p total 0: unknown.
  void Show(int64_t done, int64_t total);

  void End();

  /// Whether there is somebody who sees it.
  bool visible() const { return fd_ >= 0; }

 private:
  int fd_;
  std::string what_;
  std::string unit_;
  bool shown_ = false;
  absl::Time next_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PROGRESS_H_
