#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_TEMPORARY_JOURNAL_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_TEMPORARY_JOURNAL_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/log/check.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/common/temporary_directory.h"
#include "xmpp-service/domain/wait.h"
#include "xmpp-service/journal/sqlite_account_store.h"
#include "xmpp-service/journal/sqlite_bookmark_store.h"
#include "xmpp-service/journal/sqlite_directed_presence_store.h"
#include "xmpp-service/journal/sqlite_event_log.h"
#include "xmpp-service/journal/sqlite_history.h"
#include "xmpp-service/journal/sqlite_invitations.h"
#include "xmpp-service/journal/sqlite_outbox.h"
#include "xmpp-service/journal/sqlite_request_log.h"
#include "xmpp-service/journal/sqlite_room_store.h"
#include "xmpp-service/journal/sqlite_subscription_store.h"
#include "xmpp-service/wire/event_codec.h"

namespace chatwire::xmpp {

/// A journal in a directory of its own, which can be closed and opened again as after a crash.
class TemporaryJournal {
 public:
  TemporaryJournal() { Open(); }

  ~TemporaryJournal() { Close(); }

  void Open() {
    auto opened = JournalWriter::Open(path(), clock);
    CHECK(opened.ok()) << opened.status();
    writer = *std::move(opened);
    reader = *JournalReader::Open(path());
    log = *SqliteEventLog::Open(*writer, *reader);
    outbox = std::make_unique<SqliteOutbox>(*writer, *reader);
    store = std::make_unique<SqliteAccountStore>(*writer, *reader);
    history = std::make_unique<SqliteHistory>(*reader);
    subscriptions = std::make_unique<SqliteSubscriptionStore>(*writer, *reader);
    directed = std::make_unique<SqliteDirectedPresenceStore>(*writer, *reader);
    rooms = std::make_unique<SqliteRoomStore>(*writer, *reader, clock);
    invitations = std::make_unique<SqliteInvitations>(*writer, *reader);
    bookmarks = std::make_unique<SqliteBookmarkStore>(*writer);
    requests = std::make_unique<SqliteRequestLog>(*writer, clock);
  }

  void Close() {
    writer.reset();
    reader.reset();
    log.reset();
    outbox.reset();
    store.reset();
    history.reset();
    subscriptions.reset();
    directed.reset();
    rooms.reset();
    invitations.reset();
    bookmarks.reset();
    requests.reset();
  }

  std::string path() const { return directory.Path("journal.db"); }

  int64_t Append(const std::string& account, EventPayload payload) {
    const auto sequence = WaitFor<int64_t>(
        [&](auto done) { log->Append(account, std::move(payload), std::move(done)); });
    CHECK(sequence.ok()) << sequence.status();
    return *sequence;
  }

  Recorded Record(Arrival arrival) {
    const auto recorded =
        WaitFor<Recorded>([&](auto done) { log->Record(std::move(arrival), std::move(done)); });
    CHECK(recorded.ok()) << recorded.status();
    return *recorded;
  }

  EventPage Read(EventQuery query) {
    auto page =
        WaitFor<EventPage>([&](auto done) { log->Read(std::move(query), std::move(done)); });
    CHECK(page.ok()) << page.status();
    return *std::move(page);
  }

  std::vector<v1::Event> Events(EventQuery query = {}) {
    query.limit = 100'000;
    std::vector<v1::Event> events;
    for (const StoredEvent& stored : Read(std::move(query)).events) {
      events.push_back(*DecodeEvent(stored));
    }
    return events;
  }

  absl::StatusOr<AcceptedMessage> Accept(NewMessage message) {
    return WaitFor<AcceptedMessage>(
        [&](auto done) { outbox->Accept(std::move(message), std::move(done)); });
  }

  std::vector<OutgoingMessage> Pending(const std::string& account) {
    return *WaitFor<std::vector<OutgoingMessage>>(
        [&](auto done) { outbox->ListPending(account, 0, 1000, std::move(done)); });
  }

  std::optional<ArchiveMark> Mark(const std::string& account) {
    return *WaitFor<std::optional<ArchiveMark>>(
        [&](auto done) { log->GetArchiveMark(account, std::move(done)); });
  }

  TemporaryDirectory directory;
  FakeClock clock;
  std::unique_ptr<JournalWriter> writer;
  std::unique_ptr<JournalReader> reader;
  std::unique_ptr<SqliteEventLog> log;
  std::unique_ptr<SqliteOutbox> outbox;
  std::unique_ptr<SqliteAccountStore> store;
  std::unique_ptr<SqliteHistory> history;
  std::unique_ptr<SqliteSubscriptionStore> subscriptions;
  std::unique_ptr<SqliteDirectedPresenceStore> directed;
  std::unique_ptr<SqliteRoomStore> rooms;
  std::unique_ptr<SqliteInvitations> invitations;
  std::unique_ptr<SqliteBookmarkStore> bookmarks;
  std::unique_ptr<SqliteRequestLog> requests;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_TEMPORARY_JOURNAL_H_
