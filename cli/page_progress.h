#ifndef CHATWIRE_CLI_PAGE_PROGRESS_H_
#define CHATWIRE_CLI_PAGE_PROGRESS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "cli/call.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

namespace chatwire::cli {

/// The bar of a listing that is fetched page by page: how many rows have come so far. Nothing where
/// the first page is the last. Destroy or end it before anything else is written to the terminal.
class PageProgress {
 public:
  /// @p unit: what the rows are. @p fd as for Progress.
  PageProgress(int fd, std::string unit);

  /// Another page will be fetched by calls with @p options. Ctrl-C ends them if there is a bar,
  /// which it would leave behind otherwise. @p total 0: unknown. Errors: those of Interrupt.
  absl::Status More(int64_t fetched, int64_t total, CallOptions& options);

  void End() { progress_.End(); }

 private:
  Progress progress_;
  std::unique_ptr<Interrupt> interrupt_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PAGE_PROGRESS_H_
