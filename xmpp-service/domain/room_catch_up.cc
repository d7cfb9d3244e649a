#include "xmpp-service/domain/room_catch_up.h"

#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

constexpr int kPageSize = 100;
// Clocks differ; what is fetched twice is recognised.
constexpr absl::Duration kTimeSlack = absl::Minutes(5);

}  // namespace

RoomCatchUp::RoomCatchUp(std::string room, Record record, SetMark set_mark, const Clock& clock,
                         Executor& executor)
    : room_(std::move(room)),
      record_(std::move(record)),
      set_mark_(std::move(set_mark)),
      clock_(clock),
      lifeline_(executor) {}

template <typename T, typename Function>
Completion<T> RoomCatchUp::BindRun(Function function) {
  return lifeline_.Bind<T>(
      [this, run = run_, function = std::move(function)](absl::StatusOr<T>&& result) mutable {
        if (run == run_) function(std::move(result));
      });
}

void RoomCatchUp::Run(RoomPort* port, const std::optional<ArchiveMark>& mark,
                      Completion<bool> done) {
  Cancel();
  port_ = port;
  done_ = std::move(done);
  query_ = RoomArchiveQuery{};
  query_.room = room_;
  if (!mark.has_value()) {
    query_.newest = true;
    query_.maximum = 1;
    port_->QueryArchive(query_,
                        BindRun<RoomArchivePage>([this](const auto& page) { OnEnd(page); }));
    return;
  }
  mark_time_ = mark->time;
  query_.after = mark->archive_id;
  if (query_.after.empty()) query_.start = mark_time_ - kTimeSlack;
  query_.maximum = kPageSize;
  NextPage();
}

void RoomCatchUp::Cancel() {
  ++run_;
  Finish(absl::CancelledError("the session is gone"));
}

void RoomCatchUp::OnEnd(const absl::StatusOr<RoomArchivePage>& page) {
  if (!page.ok()) {
    Finish(page.status());
    return;
  }
  ArchiveMark mark{"", clock_.Now()};
  if (!page->messages.empty()) {
    mark.archive_id = page->messages.back().stanza_id;
    mark.time = page->messages.back().stamp.value_or(mark.time);
  }
  set_mark_(mark, BindRun<bool>([this](auto set) { Finish(std::move(set)); }));
}

void RoomCatchUp::NextPage() {
  port_->QueryArchive(query_,
                      BindRun<RoomArchivePage>([this](auto page) { OnPage(std::move(page)); }));
}

void RoomCatchUp::OnPage(absl::StatusOr<RoomArchivePage> page) {
  if (IsStanzaError(page.status(), "item-not-found") && !query_.after.empty()) {
    LOG(WARNING) << room_ << ": the room's archive has lost our place; catching up by time";
    query_.after.clear();
    query_.start = mark_time_ - kTimeSlack;
    NextPage();
    return;
  }
  if (!page.ok()) {
    Finish(page.status());
    return;
  }
  if (page->messages.empty()) {
    Finish(true);
    return;
  }
  const std::string last = page->messages.back().stanza_id;
  const bool complete = page->complete || last.empty() || last == query_.after;
  query_.after = last;
  record_status_ = absl::OkStatus();
  for (size_t i = 0; i < page->messages.size(); ++i) {
    const bool is_last = i + 1 == page->messages.size();
    record_(page->messages[i], BindRun<bool>([this, is_last, complete](const auto& recorded) {
              record_status_.Update(recorded.status());
              if (!is_last) return;
              if (!record_status_.ok() || complete) {
                Finish(record_status_.ok() ? absl::StatusOr<bool>(true) : record_status_);
              } else {
                NextPage();
              }
            }));
  }
}

void RoomCatchUp::Finish(absl::StatusOr<bool> result) {
  // Whoever is told may begin the next run.
  Completion<bool> done = std::move(done_);
  done(std::move(result));
}

}  // namespace chatwire::xmpp
