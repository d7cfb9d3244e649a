#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_DELIVERY_WAITERS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_DELIVERY_WAITERS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "common/completion.h"
#include "common/mutex.h"
#include "xmpp-service/domain/executor.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// Those who wait for the server to acknowledge a message. Thread-safe. Must outlive what runs on
/// its timers.
class DeliveryWaiters {
 public:
  explicit DeliveryWaiters(Executor& timers) : timers_(timers) {}

  /// @p done gets the stage once it is final, or DEADLINE_EXCEEDED/NO_ACK after @p timeout.
  void Wait(const std::string& account, const std::string& message_id, absl::Duration timeout,
            Completion<DeliveryStage> done);

  /// Ends everybody's wait, also of those who come later, with UNAVAILABLE: the service is
  /// stopping.
  void CancelAll();

  /// Nothing of @p account will be sent any more: everybody who waits for one of its messages gets
  /// @p why.
  void End(const std::string& account, const absl::Status& why);

  /// The message has come to @p stage.
  void Resolve(const std::string& account, const std::string& message_id, DeliveryStage stage);

 private:
  using Key = std::pair<std::string, std::string>;

  void Expire(const Key& key, uint64_t number);

  Executor& timers_;
  Mutex mutex_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<Key, std::map<uint64_t, Completion<DeliveryStage>>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_DELIVERY_WAITERS_H_
