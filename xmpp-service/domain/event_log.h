#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_LOG_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_LOG_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/event.h"

namespace chatwire::xmpp {

/// How others refer to a message of a chat of two: by its id, in that chat, by that author.
struct ChatReference {
  /// Bare JID of the other one; full where only that tells who it is, as in rooms.
  std::string chat;
  /// By the account itself.
  bool own = false;
  std::string message_id;
};

/// What one chat stanza does to the journal, in one transaction.
struct Arrival {
  std::string account;
  /// The event to append. Not set: only the archive mark moves.
  std::optional<EventPayload> payload;
  /// The message that `payload` is about. When that one is not known, `otherwise` is appended.
  std::optional<ChatReference> refers_to;
  std::optional<EventPayload> otherwise;
  /// Under each of these, others may refer to this message once it is appended.
  std::vector<ChatReference> known_as;
  /// The account's archive id, when it can be trusted. Empty where there is none.
  std::string archive_id;
  /// The same for every copy of one message, whatever way it takes. Empty: copies cannot be told.
  std::string copy_key;
  /// A note to self: the archive has it twice, so that two archive ids are no two messages.
  bool to_self = false;
  /// Ids of a message that this account sent. When one of them is in the outbox, the server has
  /// that message: it is acknowledged, and nothing is appended.
  std::vector<std::string> own_message_ids;
  /// From the archive: the mark moves even over what is known already.
  bool from_archive = false;
  absl::Time time;
};

/// What became of an Arrival.
struct Recorded {
  enum class Outcome { kAppended, kDuplicate, kAcknowledged, kNothing };
  Outcome outcome = Outcome::kNothing;
  /// The outgoing message, when acknowledged.
  std::string message_id;
};

/// How far the account's archive (XEP-0313) has been journalled.
struct ArchiveMark {
  /// Empty: the archive was empty then.
  std::string archive_id;
  /// Of the message with that id, or of the moment at which the archive was looked at.
  absl::Time time;
};

/// One event of the log as it is stored.
struct StoredEvent {
  int64_t sequence = 0;
  /// A serialised chatwire.xmpp.v1.Event without its sequence; wire/event_codec.h reads it.
  std::string encoded;
};

/// What a follower wants to read.
struct EventQuery {
  /// Events after this sequence. -1: from the oldest event that there is.
  int64_t after = 0;
  /// Most events to return.
  int limit = 64;
  /// Accounts to return; empty: every one.
  std::set<std::string> accounts;
  /// Numbers of chatwire.xmpp.v1.EventKind; empty: every kind.
  std::set<int> kinds;
};

/// What was read.
struct EventPage {
  std::vector<StoredEvent> events;
  /// Everything up to here has been looked at, also what the filter left out.
  int64_t scanned_to = 0;
  /// Everything up to here was gone from the log. Greater than EventQuery::after: events were
  /// missed.
  int64_t compacted_to = 0;
};

/// Hears of new events.
class EventLogListener {
 public:
  virtual ~EventLogListener() = default;

  /// There are events up to @p last_sequence. On the writer's thread; must not block.
  virtual void OnCommitted(int64_t last_sequence) = 0;
};

/// The durable, ordered log of everything that happens.
///
/// Thread-safe. Completions run on a thread of the log, must not block, and run in the order of the
/// calls for calls of one thread that write. What completes with OK survives the crash of the
/// machine.
class EventLog {
 public:
  virtual ~EventLog() = default;

  /// Appends one event; the result is its sequence.
  virtual void Append(const std::string& account, EventPayload payload,
                      Completion<int64_t> done) = 0;

  /// Journals a chat stanza once.
  virtual void Record(Arrival arrival, Completion<Recorded> done) = 0;

  /// Reads events in order.
  virtual void Read(EventQuery query, Completion<EventPage> done) = 0;

  virtual void GetArchiveMark(const std::string& account,
                              Completion<std::optional<ArchiveMark>> done) = 0;
  virtual void SetArchiveMark(const std::string& account, ArchiveMark mark,
                              Completion<bool> done) = 0;

  /// The newest committed event, 0 when there is none.
  virtual int64_t LastSequence() const = 0;

  /// Names this log for ever; a copy restored from nothing has another one.
  virtual const std::string& LogId() const = 0;

  /// @p listener must be removed before it is destroyed. After RemoveListener returns it is not
  /// called.
  virtual void AddListener(EventLogListener* listener) = 0;
  virtual void RemoveListener(EventLogListener* listener) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_LOG_H_
