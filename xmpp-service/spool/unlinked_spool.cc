#include "xmpp-service/spool/unlinked_spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "xmpp-service/domain/file_errors.h"

namespace chatwire::xmpp {
namespace {

absl::Status Failed(int error) { return SpoolFailed(std::generic_category().message(error)); }

class UnlinkedFile final : public SpoolFile {
 public:
  explicit UnlinkedFile(int fd) : fd_(fd) {}
  ~UnlinkedFile() override { close(fd_); }

  absl::Status Append(absl::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed(errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return absl::OkStatus();
  }

  size_t Read(int64_t offset, char* to, size_t size) const override {
    for (;;) {
      const ssize_t got = pread(fd_, to, size, offset);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno != EINTR) return 0;
    }
  }

 private:
  const int fd_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<SpoolFile>> UnlinkedSpool::Create() {
  std::string path = folder_ + "/spool-XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return Failed(errno);
  auto file = std::make_unique<UnlinkedFile>(fd);
  if (unlink(path.c_str()) != 0) return Failed(errno);
  return file;
}

}  // namespace chatwire::xmpp
