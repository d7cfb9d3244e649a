#ifndef CHATWIRE_CLI_FILE_SINK_H_
#define CHATWIRE_CLI_FILE_SINK_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire::cli {

/// A file that is there under its name only when it is complete.
class FileSink {
 public:
  /// Opens a file beside @p path, or takes @p stdout_fd for `-`. Errors: UNKNOWN/FILE.
  static absl::StatusOr<std::unique_ptr<FileSink>> Open(const std::string& path, int stdout_fd);

  /// Removes what was not committed.
  ~FileSink();

  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  /// Errors: UNKNOWN/FILE.
  absl::Status Write(const std::string& bytes);

  /// Gives the file its name. Errors: UNKNOWN/FILE.
  absl::Status Commit();

 private:
  FileSink(std::string path, std::string temporary, int fd);

  std::string path_;
  /// "" for standard output.
  std::string temporary_;
  int fd_;
};

/// Whether a file that is replaced as a whole can be @p path, in which a @p what is to be kept. To
/// be asked before there is anything to keep. Leaves nothing behind. Errors: UNKNOWN/FILE.
absl::Status CheckReplaceable(const std::string& path, const std::string& what);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FILE_SINK_H_
