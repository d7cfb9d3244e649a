#include "xmpp-service/domain/incoming_pipeline.h"

#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kRetryJournalAfter = absl::Seconds(1);

}  // namespace

IncomingPipeline::IncomingPipeline(std::string account, EventLog& log, Outbox& outbox,
                                   const Clock& clock, Executor& executor, Host host)
    : account_(std::move(account)),
      log_(log),
      outbox_(outbox),
      clock_(clock),
      host_(std::move(host)),
      lifeline_(executor) {}

void IncomingPipeline::Hold() {
  holding_ = true;
  overflowed_ = false;
}

void IncomingPipeline::Release(bool trust_archive_ids) {
  trust_archive_ids_ = trust_archive_ids;
  holding_ = false;
  if (retrying_) return;
  std::deque<IncomingMessage> waiting;
  waiting.swap(waiting_);
  for (IncomingMessage& message : waiting) Record(std::move(message));
}

void IncomingPipeline::OnLive(IncomingMessage message) {
  // Once one was dropped, all are until the archive is fetched: the mark must not pass the gap.
  if (overflowed_) return;
  if (waiting_.size() + in_flight_ >= kMaximumWaiting) {
    LOG(WARNING) << account_ << ": messages come faster than they can be journalled; fetching the "
                 << "rest from the archive";
    overflowed_ = true;
    host_.on_overflow();
    return;
  }
  if (holding_ || retrying_) {
    waiting_.push_back(std::move(message));
  } else {
    Record(std::move(message));
  }
}

void IncomingPipeline::RecordArchived(const IncomingMessage& message, Completion<bool> done) {
  log_.Record(
      ToArrival(Context(), message),
      lifeline_.Bind<Recorded>([this, receipt_for = ReceiptFor(message), done = std::move(done)](
                                   const absl::StatusOr<Recorded>& recorded) mutable {
        if (!recorded.ok()) {
          done(recorded.status());
          return;
        }
        OnOutcome(*recorded, receipt_for);
        done(true);
      }));
}

ArrivalContext IncomingPipeline::Context() const {
  return {account_, trust_archive_ids_, clock_.Now(), host_.is_contact, host_.seal};
}

std::optional<IncomingMessage> IncomingPipeline::ReceiptFor(const IncomingMessage& message) const {
  if (!WantsReceipt(Context(), message)) return std::nullopt;
  IncomingMessage brief;
  brief.from = message.from;
  brief.id = message.id;
  brief.details.type = message.details.type;
  return brief;
}

void IncomingPipeline::Record(IncomingMessage message) {
  if (message.error.has_value()) {
    RecordError(message);
    return;
  }
  Arrival arrival = ToArrival(Context(), message);
  if (!arrival.payload.has_value() && arrival.archive_id.empty()) return;
  ++in_flight_;
  log_.Record(std::move(arrival),
              lifeline_.Bind<Recorded>([this, message = std::move(message)](
                                           const absl::StatusOr<Recorded>& recorded) mutable {
                --in_flight_;
                OnRecorded(recorded, std::move(message));
              }));
}

void IncomingPipeline::RecordError(const IncomingMessage& message) {
  outbox_.Fail(account_, message.id, message.from, *message.error,
               lifeline_.Bind<bool>([this, id = message.id](absl::StatusOr<bool> failed) {
                 if (failed.ok() && *failed) host_.on_delivery(id, DeliveryStage::kFailed);
               }));
}

void IncomingPipeline::OnOutcome(const Recorded& recorded,
                                 const std::optional<IncomingMessage>& receipt_for) {
  if (recorded.outcome == Recorded::Outcome::kAcknowledged) {
    host_.on_delivery(recorded.message_id, DeliveryStage::kServerAck);
  }
  // Only now: the receipt says that the message is safe. Should the process die in between, the
  // sender gets none: a copy of the message that comes later is a duplicate.
  if (recorded.outcome == Recorded::Outcome::kAppended && receipt_for.has_value()) {
    host_.on_receipt_due(*receipt_for);
  }
}

void IncomingPipeline::OnRecorded(const absl::StatusOr<Recorded>& recorded,
                                  IncomingMessage message) {
  if (recorded.ok()) {
    OnOutcome(*recorded, ReceiptFor(message));
    return;
  }
  waiting_.push_back(std::move(message));
  if (retrying_) return;
  LOG(ERROR) << account_ << ": a message cannot be journalled, trying again: " << recorded.status();
  retrying_ = true;
  lifeline_.After(kRetryJournalAfter, [this] {
    retrying_ = false;
    if (!holding_) Release(trust_archive_ids_);
  });
}

}  // namespace chatwire::xmpp
