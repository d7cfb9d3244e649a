#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CATCH_UP_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CATCH_UP_H_

#include <functional>
#include <optional>
#include <string>

#include "common/clock.h"
#include "common/completion.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/room_port.h"

namespace chatwire::xmpp {

/// Fetches from a room's archive (XEP-0313) what was said there while the account was away; the
/// first time it only looks where the archive ends. Lives on the account's executor; one run at a
/// time.
class RoomCatchUp {
 public:
  /// Journals one message; completes once it is committed.
  using Record = std::function<void(const RoomMessage&, Completion<bool>)>;
  using SetMark = std::function<void(ArchiveMark, Completion<bool>)>;

  RoomCatchUp(std::string room, Record record, SetMark set_mark, const Clock& clock,
              Executor& executor);

  /// @p port outlives the run, or ends it by Cancel. Errors: those of RoomPort::QueryArchive, and
  /// of the journal.
  void Run(RoomPort* port, const std::optional<ArchiveMark>& mark, Completion<bool> done);

  /// Drops the run: its completion gets CANCELLED.
  void Cancel();

 private:
  void OnEnd(const absl::StatusOr<RoomArchivePage>& page);
  void NextPage();
  void OnPage(absl::StatusOr<RoomArchivePage> page);
  void Finish(absl::StatusOr<bool> result);

  /// A function for a result of this run; dropped when the run was cancelled meanwhile.
  template <typename T, typename Function>
  Completion<T> BindRun(Function function);

  const std::string room_;
  Record record_;
  SetMark set_mark_;
  const Clock& clock_;
  RoomPort* port_ = nullptr;
  int run_ = 0;
  absl::Time mark_time_;
  RoomArchiveQuery query_;
  absl::Status record_status_;
  Completion<bool> done_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_CATCH_UP_H_
