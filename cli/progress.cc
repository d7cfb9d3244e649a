#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "cli/printable.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(100);
constexpr int64_t kWidth = 30;

void Write(int fd, const std::string& text) {
  static_cast<void>(write(fd, text.data(), text.size()) < 0);
}

/// How far it is, in words: of bytes nobody wants to read the numbers.
std::string Reached(int64_t done, int64_t total, const std::string& unit) {
  if (unit.empty()) return absl::StrCat(std::clamp<int64_t>(done * 100 / total, 0, 100), "%");
  // A total may be an estimate.
  return absl::StrCat(absl::Substitute(Tr("$0 of $1"), done, std::max(done, total)), " ", unit);
}

}  // namespace

Progress::Progress(int fd, const std::string& what, std::string unit)
    : fd_(isatty(fd) == 1 ? fd : -1),
      what_(Printable(what)),
      unit_(std::move(unit)),
      next_(absl::InfinitePast()) {}

Progress::~Progress() { End(); }

void Progress::Show(int64_t done, int64_t total) {
  if (fd_ < 0 || absl::Now() < next_) return;
  next_ = absl::Now() + kInterval;
  shown_ = true;
  std::string line = absl::StrCat("\r\x1b[K", what_, " ");
  if (total > 0) {
    const int64_t filled = std::clamp<int64_t>(done * kWidth / total, 0, kWidth);
    absl::StrAppend(&line, "[", std::string(static_cast<size_t>(filled), '#'),
                    std::string(static_cast<size_t>(kWidth - filled), '.'), "] ",
                    Reached(done, total, unit_));
  } else if (!unit_.empty()) {
    absl::StrAppend(&line, done, " ", unit_);
  } else {
    absl::StrAppend(&line, done >> 10, " KiB");
  }
  Write(fd_, line);
}

void Progress::End() {
  if (shown_) Write(fd_, "\r\x1b[K");
  shown_ = false;
}

}  // namespace chatwire::cli
