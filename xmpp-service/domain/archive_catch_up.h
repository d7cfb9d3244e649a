#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_CATCH_UP_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_CATCH_UP_H_

#include <optional>
#include <string>

#include "common/clock.h"
#include "common/completion.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/incoming_pipeline.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// Fetches from the account's archive (XEP-0313) what came while there was no session.
///
/// The first time ever it only remembers where the archive ends: what is older is not news. Lives
/// on the account's executor; one run at a time.
class ArchiveCatchUp {
 public:
  ArchiveCatchUp(std::string account, EventLog& log, IncomingPipeline& pipeline, const Clock& clock,
                 Executor& executor);

  /// True when done, false when the server keeps no archive: then what came while there was no
  /// session is what the server delivers as offline messages, and no more. Errors: the archive or
  /// the journal failed.
  /// @p session outlives the run, or ends it by Cancel.
  void Run(Session* session, Completion<bool> done);

  /// Drops the run: its completion gets CANCELLED.
  void Cancel();

 private:
  void OnMark(const absl::StatusOr<std::optional<ArchiveMark>>& mark);
  void RememberEnd();
  void OnEnd(absl::StatusOr<ArchivePage> page);
  void NextPage();
  void OnPage(absl::StatusOr<ArchivePage> page);
  void OnPageRecorded(bool complete);
  /// Nothing comes after our place. Some archives say so, too, when the place itself has expired
  /// (Prosody's plain files do): then there is something newer than it.
  void CheckPlace();
  void OnPlaceChecked(const absl::StatusOr<ArchivePage>& page);
  void CatchUpByTime();
  void Finish(absl::StatusOr<bool> result);

  /// A function for a result of this run; dropped when the run was cancelled meanwhile.
  template <typename T, typename Function>
  Completion<T> BindRun(Function function);

  const std::string account_;
  EventLog& log_;
  IncomingPipeline& pipeline_;
  const Clock& clock_;
  Session* session_ = nullptr;
  int run_ = 0;
  bool by_time_ = false;
  ArchiveMark mark_;
  ArchiveQuery query_;
  absl::Status record_status_;
  Completion<bool> done_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_CATCH_UP_H_
