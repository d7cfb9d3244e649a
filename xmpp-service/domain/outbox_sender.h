#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_SENDER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_SENDER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// Sends what waits in the outbox of one account, in order, as long as there is a stream. Lives on
/// the account's executor.
class OutboxSender {
 public:
  /// The server has this message, or it is given up.
  using OnDelivery = std::function<void(const std::string& message_id, DeliveryStage stage)>;

  /// Most messages that are sent and not acknowledged.
  static constexpr size_t kWindow = 256;

  OutboxSender(std::string account, Outbox& outbox, Executor& executor, OnDelivery on_delivery);

  /// A new stream is up: everything unacknowledged goes out again.
  void OnNewStream(Session* session);
  /// The older stream goes on: what was on its way still is.
  void OnResumed(Session* session);
  /// The stream is gone.
  void OnStreamDown();

  /// There is one more message, in the order of rows.
  void OnAccepted(const OutgoingMessage& message);

 private:
  /// Sends directly, or reads on.
  void Pump();
  void OnPending(absl::StatusOr<std::vector<OutgoingMessage>> messages);
  void Send(const OutgoingMessage& message);
  /// Fails one that cannot be read any more.
  void GiveUp(const OutgoingMessage& message);
  void OnSent(const OutgoingMessage& message, bool acknowledged);

  const std::string account_;
  Outbox& outbox_;
  OnDelivery on_delivery_;
  Session* session_ = nullptr;
  /// Counts streams, so that late answers of an older one do no harm.
  int stream_ = 0;
  bool reading_ = false;
  /// There may be rows after cursor_ in the outbox.
  bool behind_ = true;
  int64_t cursor_ = 0;
  std::set<std::string> in_flight_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_SENDER_H_
