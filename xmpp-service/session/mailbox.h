#ifndef CHATWIRE_XMPP_SERVICE_SESSION_MAILBOX_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_MAILBOX_H_

#include <QMetaObject>
#include <QObject>
#include <memory>
#include <utility>

#include "common/completion.h"
#include "common/mutex.h"

namespace chatwire::xmpp {

/// Brings results from any thread to the thread of an object, as long as that object is alive. A
/// member of the object; made and destroyed on its thread.
class Mailbox {
 public:
  Mailbox() : slot_(std::make_shared<Slot>()) { slot_->receiver = &receiver_; }

  ~Mailbox() {
    MutexLock lock(slot_->mutex);
    slot_->receiver = nullptr;
  }

  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  /// A completion that may run on any thread; @p function (of absl::StatusOr<T>) runs on the
  /// object's thread, or not at all.
  template <typename T, typename Function>
  Completion<T> Bind(Function function) {
    return Completion<T>([slot = slot_, function = std::make_shared<Function>(std::move(function))](
                             absl::StatusOr<T> result) mutable {
      // Under the lock: the receiver must not go away meanwhile.
      MutexLock lock(slot->mutex);
      if (slot->receiver == nullptr) return;
      auto shared = std::make_shared<absl::StatusOr<T>>(std::move(result));
      QMetaObject::invokeMethod(
          slot->receiver, [function, shared] { (*function)(std::move(*shared)); },
          Qt::QueuedConnection);
    });
  }

 private:
  struct Slot {
    Mutex mutex;
    QObject* receiver ABSL_GUARDED_BY(mutex) = nullptr;
  };

  QObject receiver_;
  std::shared_ptr<Slot> slot_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_MAILBOX_H_
