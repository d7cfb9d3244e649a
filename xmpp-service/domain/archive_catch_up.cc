#include "xmpp-service/domain/archive_catch_up.h"

#include <utility>

#include "absl/log/log.h"

namespace chatwire::xmpp {
namespace {

constexpr int kPageSize = 100;
// Clocks differ; what is fetched twice is recognised.
constexpr absl::Duration kTimeSlack = absl::Minutes(5);

}  // namespace

ArchiveCatchUp::ArchiveCatchUp(std::string account, EventLog& log, IncomingPipeline& pipeline,
                               const Clock& clock, Executor& executor)
    : account_(std::move(account)),
      log_(log),
      pipeline_(pipeline),
      clock_(clock),
      lifeline_(executor) {}

template <typename T, typename Function>
Completion<T> ArchiveCatchUp::BindRun(Function function) {
  return lifeline_.Bind<T>(
      [this, run = run_, function = std::move(function)](absl::StatusOr<T>&& result) mutable {
        if (run == run_) function(std::move(result));
      });
}

void ArchiveCatchUp::Run(Session* session, Completion<bool> done) {
  Cancel();
  session_ = session;
  done_ = std::move(done);
  by_time_ = false;
  log_.GetArchiveMark(
      account_, BindRun<std::optional<ArchiveMark>>([this](const auto& mark) { OnMark(mark); }));
}

void ArchiveCatchUp::Cancel() {
  ++run_;
  Finish(absl::CancelledError("the session is gone"));
}

void ArchiveCatchUp::OnMark(const absl::StatusOr<std::optional<ArchiveMark>>& mark) {
  if (!mark.ok()) {
    Finish(mark.status());
    return;
  }
  if (!mark->has_value()) {
    RememberEnd();
    return;
  }
  mark_ = **mark;
  query_ = ArchiveQuery{};
  query_.after = mark_.archive_id;
  query_.maximum = kPageSize;
  NextPage();
}

void ArchiveCatchUp::RememberEnd() {
  ArchiveQuery query;
  query.newest = true;
  query.maximum = 1;
  session_->QueryArchive(query,
                         BindRun<ArchivePage>([this](auto page) { OnEnd(std::move(page)); }));
}

void ArchiveCatchUp::OnEnd(absl::StatusOr<ArchivePage> page) {
  if (!page.ok()) {
    const bool no_archive = absl::IsUnimplemented(page.status());
    Finish(no_archive ? absl::StatusOr<bool>(false) : page.status());
    return;
  }
  ArchiveMark mark{"", clock_.Now()};
  if (!page->messages.empty()) {
    mark.archive_id = page->messages.back().archive_id;
    mark.time = page->messages.back().stamp.value_or(mark.time);
  }
  log_.SetArchiveMark(account_, mark, BindRun<bool>([this](auto set) { Finish(std::move(set)); }));
}

void ArchiveCatchUp::NextPage() {
  session_->QueryArchive(query_,
                         BindRun<ArchivePage>([this](auto page) { OnPage(std::move(page)); }));
}

void ArchiveCatchUp::OnPage(absl::StatusOr<ArchivePage> page) {
  if (absl::IsNotFound(page.status()) && !by_time_) {
    CatchUpByTime();
    return;
  }
  if (!page.ok()) {
    const bool no_archive = absl::IsUnimplemented(page.status());
    Finish(no_archive ? absl::StatusOr<bool>(false) : page.status());
    return;
  }
  if (page->messages.empty()) {
    CheckPlace();
    return;
  }
  const std::string last = page->messages.back().archive_id;
  const bool complete = page->complete || last == query_.after;
  query_.after = last;
  record_status_ = absl::OkStatus();
  for (size_t i = 0; i < page->messages.size(); ++i) {
    const bool is_last = i + 1 == page->messages.size();
    pipeline_.RecordArchived(page->messages[i],
                             BindRun<bool>([this, is_last, complete](const auto& recorded) {
                               record_status_.Update(recorded.status());
                               if (is_last) OnPageRecorded(complete);
                             }));
  }
}

void ArchiveCatchUp::CheckPlace() {
  // Only the first page asks for what comes after a place that may be long gone.
  if (by_time_ || mark_.archive_id.empty() || query_.after != mark_.archive_id) {
    Finish(true);
    return;
  }
  ArchiveQuery query;
  query.newest = true;
  query.maximum = 1;
  session_->QueryArchive(query,
                         BindRun<ArchivePage>([this](const auto& page) { OnPlaceChecked(page); }));
}

void ArchiveCatchUp::OnPlaceChecked(const absl::StatusOr<ArchivePage>& page) {
  if (!page.ok()) {
    Finish(page.status());
  } else if (page->messages.empty() || page->messages.back().archive_id == mark_.archive_id) {
    Finish(true);
  } else {
    CatchUpByTime();
  }
}

void ArchiveCatchUp::CatchUpByTime() {
  LOG(WARNING) << account_ << ": the archive has lost our place; catching up by time";
  by_time_ = true;
  query_.after.clear();
  query_.start = mark_.time - kTimeSlack;
  NextPage();
}

void ArchiveCatchUp::OnPageRecorded(bool complete) {
  if (!record_status_.ok()) {
    Finish(record_status_);
  } else if (complete) {
    Finish(true);
  } else {
    NextPage();
  }
}

void ArchiveCatchUp::Finish(absl::StatusOr<bool> result) { done_(std::move(result)); }

}  // namespace chatwire::xmpp
