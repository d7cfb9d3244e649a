#include "xmpp-service/session/qt_executor.h"

#include <QMetaObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <utility>

namespace chatwire::xmpp {

void QtExecutor::Post(Function function) {
  MutexLock lock(mutex_);
  if (owner_ == nullptr) return;
  QMetaObject::invokeMethod(
      owner_, [function = std::move(function)]() mutable { function(); }, Qt::QueuedConnection);
}

void QtExecutor::PostAfter(absl::Duration delay, Function function) {
  // Timers have to be started on the thread that they belong to.
  Post([this, delay, shared = std::make_shared<Function>(std::move(function))] {
    MutexLock lock(mutex_);
    if (owner_ == nullptr) return;
    QTimer::singleShot(
        std::chrono::ceil<std::chrono::milliseconds>(absl::ToChronoNanoseconds(delay)), owner_,
        [shared] { (*shared)(); });
  });
}

void QtExecutor::Close() {
  MutexLock lock(mutex_);
  owner_ = nullptr;
}

}  // namespace chatwire::xmpp
