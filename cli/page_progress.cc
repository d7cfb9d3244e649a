#include "cli/page_progress.h"

#include <utility>

#include "cli/translate.h"

namespace chatwire::cli {

PageProgress::PageProgress(int fd, std::string unit)
    : progress_(fd, Tr("fetching"), std::move(unit)) {}

absl::Status PageProgress::More(int64_t fetched, int64_t total, CallOptions& options) {
  if (!progress_.visible()) return absl::OkStatus();
  if (interrupt_ == nullptr) {
    auto started = Interrupt::Start(/*output_fd=*/-1);
    if (!started.ok()) return started.status();
    interrupt_ = *std::move(started);
    options.interrupt = interrupt_.get();
  }
  progress_.Show(fetched, total);
  return absl::OkStatus();
}

}  // namespace chatwire::cli
