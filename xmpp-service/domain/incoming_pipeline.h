#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_INCOMING_PIPELINE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_INCOMING_PIPELINE_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "common/clock.h"
#include "common/completion.h"
#include "xmpp-service/domain/arrival.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/outbox.h"

namespace chatwire::xmpp {

/// The one ordered way of an account's messages into the journal.
///
/// While the archive is being caught up with, live stanzas wait here, so that the order is kept and
/// the archive mark never jumps over what has not been fetched yet. Lives on the account's
/// executor.
class IncomingPipeline {
 public:
  /// What the account does about what happens here.
  struct Host {
    /// As ArrivalContext::is_contact.
    std::function<bool(const std::string&)> is_contact;
    /// As ArrivalContext::seal.
    std::function<std::string(const std::string&)> seal;
    /// The server has, or has refused, a message of the outbox.
    std::function<void(const std::string& message_id, DeliveryStage stage)> on_delivery;
    /// A message that asked for a receipt is committed.
    std::function<void(const IncomingMessage& message)> on_receipt_due;
    /// More came than can wait; what came too much was dropped and must be fetched from the
    /// archive.
    std::function<void()> on_overflow;
  };

  /// Most stanzas that wait or are being journalled.
  static constexpr size_t kMaximumWaiting = 10'000;

  IncomingPipeline(std::string account, EventLog& log, Outbox& outbox, const Clock& clock,
                   Executor& executor, Host host);

  /// From now on live stanzas wait.
  void Hold();
  /// What waits is journalled, and what comes from now on is at once.
  void Release(bool trust_archive_ids);

  void OnLive(IncomingMessage message);

  /// Journals one message of the archive, at once. OK once it is committed.
  void RecordArchived(const IncomingMessage& message, Completion<bool> done);

 private:
  void Record(IncomingMessage message);
  void RecordError(const IncomingMessage& message);
  void OnRecorded(const absl::StatusOr<Recorded>& recorded, IncomingMessage message);
  void OnOutcome(const Recorded& recorded, const std::optional<IncomingMessage>& receipt_for);
  ArrivalContext Context() const;
  /// What a receipt has to say, where one is wanted.
  std::optional<IncomingMessage> ReceiptFor(const IncomingMessage& message) const;

  const std::string account_;
  EventLog& log_;
  Outbox& outbox_;
  const Clock& clock_;
  Host host_;
  bool holding_ = true;
  bool overflowed_ = false;
  bool retrying_ = false;
  bool trust_archive_ids_ = false;
  size_t in_flight_ = 0;
  std::deque<IncomingMessage> waiting_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_INCOMING_PIPELINE_H_
