#ifndef CHATWIRE_XMPP_SERVICE_SESSION_QT_EXECUTOR_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_QT_EXECUTOR_H_

#include <QObject>

#include "common/mutex.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// The only door into a Qt thread.
///
/// QXmpp's objects live on one thread and its tasks are not thread-safe. So every call to QXmpp
/// happens inside a function given to Post.
class QtExecutor final : public Executor {
 public:
  /// @p owner lives on the Qt thread, and until Close.
  explicit QtExecutor(QObject* owner) : owner_(owner) {}

  void Post(Function function) override;
  void PostAfter(absl::Duration delay, Function function) override;

  /// From now on functions are dropped. Thread-safe.
  void Close();

 private:
  Mutex mutex_;
  QObject* owner_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_QT_EXECUTOR_H_
