#include "xmpp-service/rpc/watch_reactor.h"

#include <algorithm>
#include <utility>

#include "common/rpc/grpc_status.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/resume_token.h"
#include "xmpp-service/wire/event_codec.h"

namespace chatwire::xmpp {
namespace {

absl::Status TokenExpired() {
  return Error(absl::StatusCode::kOutOfRange, "RESUME_TOKEN_EXPIRED",
               "events after the token are gone from the journal; list the state again, then watch "
               "without a token");
}

}  // namespace

std::shared_ptr<WatchReactor> WatchReactor::Make(EventLog& log, Executor& timers, Options options) {
  return std::shared_ptr<WatchReactor>(new WatchReactor(log, timers, std::move(options)));
}

WatchReactor::WatchReactor(EventLog& log, Executor& timers, Options options)
    : log_(log),
      timers_(timers),
      options_(std::move(options)),
      query_(options_.query),
      position_(options_.query.after),
      available_(log.LastSequence()) {}

void WatchReactor::Start() {
  {
    MutexLock lock(mutex_);
    self_ = shared_from_this();
  }
  log_.AddListener(this);
  WatchSilence(options_.heartbeat);
  Advance();
}

void WatchReactor::OnCommitted(int64_t last_sequence) {
  bool read = false;
  {
    MutexLock lock(mutex_);
    available_ = std::max(available_, last_sequence);
    // A write that runs will look by itself.
    read = !finished_ && !writing_ && events_.empty() && ClaimRead();
  }
  if (read) Read();
}

bool WatchReactor::ClaimRead() {
  if (reading_ || query_.after >= available_) return false;
  reading_ = true;
  return true;
}

void WatchReactor::Advance() {
  bool write = false;
  bool read = false;
  {
    MutexLock lock(mutex_);
    if (finished_ || writing_) return;
    if (NextResponse()) {
      write = writing_ = true;
    } else {
      read = ClaimRead();
    }
  }
  if (write) StartWrite(&response_);
  if (read) Read();
}

bool WatchReactor::NextResponse() {
  response_.Clear();
  if (!events_.empty()) {
    const StoredEvent& stored = events_.front();
    auto event = DecodeEvent(stored);
    // A damaged event is left out rather than blocking everything behind it.
    if (event.ok()) *response_.mutable_event() = *std::move(event);
    position_ = stored.sequence;
    events_.pop_front();
  } else if (!heartbeat_due_) {
    return false;
  }
  // What the filter left out at the end of the page has been passed, too.
  if (events_.empty() && !reading_) position_ = std::max(position_, query_.after);
  heartbeat_due_ = false;
  response_.set_resume_token(MakeResumeToken(log_.LogId(), position_));
  return true;
}

void WatchReactor::Read() {
  EventQuery query;
  {
    MutexLock lock(mutex_);
    query = query_;
  }
  log_.Read(std::move(query), Completion<EventPage>([self = shared_from_this()](auto page) {
              self->OnPage(std::move(page));
            }));
}

void WatchReactor::OnPage(absl::StatusOr<EventPage> page) {
  if (!page.ok()) {
    End(page.status());
    return;
  }
  {
    MutexLock lock(mutex_);
    reading_ = false;
    const bool from_beginning = query_.after < 0;
    if (!from_beginning && query_.after < page->compacted_to) {
      page = TokenExpired();
    } else {
      query_.after = std::max(query_.after, page->scanned_to);
      for (StoredEvent& event : page->events) events_.push_back(std::move(event));
    }
  }
  if (page.ok()) {
    Advance();
  } else {
    End(page.status());
  }
}

void WatchReactor::WatchSilence(absl::Duration delay) {
  timers_.PostAfter(delay, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->OnTimer();
  });
}

void WatchReactor::OnTimer() {
  absl::Duration left;
  {
    MutexLock lock(mutex_);
    if (finished_) return;
    const auto silence = absl::FromChrono(std::chrono::steady_clock::now() - last_write_);
    left = options_.heartbeat - silence;
    // A write that runs is no silence of ours: the reader is slow.
    if (left <= absl::ZeroDuration()) {
      heartbeat_due_ = !writing_;
      left = options_.heartbeat;
    }
  }
  WatchSilence(left);
  Advance();
}

void WatchReactor::OnWriteDone(bool ok) {
  bool finish = false;
  absl::Status status;
  {
    MutexLock lock(mutex_);
    writing_ = false;
    last_write_ = std::chrono::steady_clock::now();
    finish = finished_;
    status = end_status_;
  }
  if (finish) {
    Finish(ToGrpcStatus(status));
    return;
  }
  if (!ok) {
    End(absl::CancelledError("the caller is gone"));
    return;
  }
  Advance();
}

void WatchReactor::OnCancel() { End(absl::CancelledError("the caller is gone")); }

void WatchReactor::End(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    if (finished_) return;
    finished_ = true;
    end_status_ = status;
    // Nothing may be started after Finish: a write that runs finishes the stream itself.
    if (writing_) return;
  }
  Finish(ToGrpcStatus(status));
}

void WatchReactor::OnDone() {
  log_.RemoveListener(this);
  options_.on_gone(this);
  std::shared_ptr<WatchReactor> self;
  MutexLock lock(mutex_);
  self = std::move(self_);
}

}  // namespace chatwire::xmpp
