#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_HISTORY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_HISTORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/event_log.h"

namespace chatwire::xmpp {

/// Which messages of the journal are wanted.
struct HistoryQuery {
  std::string account;
  /// Bare JID of a contact or a room. Empty: everybody.
  std::string peer;
  /// Sent at this time or later.
  std::optional<absl::Time> start;
  /// Sent before this.
  std::optional<absl::Time> end;
  bool newest_first = true;
  /// Only what comes behind the event with this sequence, in the order that is asked for.
  std::optional<int64_t> behind;
  size_t limit = 100;
};

/// A message of the journal.
struct StoredMessage {
  StoredEvent event;
  /// What has changed since: a serialised chatwire.xmpp.v1.HistoryMessage with that alone.
  std::string state;
  /// It was shown to who got it.
  bool displayed = false;
};

struct HistoryPage {
  /// In the order that was asked for.
  std::vector<StoredMessage> messages;
  /// There are more behind them.
  bool more = false;
};

/// The messages among the journal's events, found by contact and by time. Thread-safe.
class History {
 public:
  virtual ~History() = default;

  /// A page also ends after about 1 MiB.
  virtual void List(HistoryQuery query, Completion<HistoryPage> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_HISTORY_H_
