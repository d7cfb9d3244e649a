#ifndef CHATWIRE_XMPP_SERVICE_SESSION_TIMEOUT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_TIMEOUT_H_

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>
#include <utility>

#include "common/completion.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {

/// Lets @p done run with NO_ANSWER if nobody else has run it by then: QXmpp's requests have no time
/// limit. The timer dies with @p context.
template <typename T>
std::shared_ptr<Completion<T>> WithTimeout(std::chrono::milliseconds timeout, QObject* context,
                                           Completion<T> done) {
  auto shared = std::make_shared<Completion<T>>(std::move(done));
  QTimer::singleShot(timeout, context, [shared] { (*shared)(NoAnswer()); });
  return shared;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_TIMEOUT_H_
