#ifndef CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_FACTORY_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_FACTORY_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "xmpp-service/domain/registration.h"
#include "xmpp-service/domain/session.h"
#include "xmpp-service/session/session_options.h"

namespace chatwire::xmpp {

/// Qt event-loop threads that host many QXmpp sessions each.
///
/// A QCoreApplication has to exist before and after it.
class QxmppSessionFactory final : public SessionFactory, public RegistrationStreamFactory {
 public:
  /// Starts @p threads threads. Errors: INVALID_ARGUMENT when the file of authorities cannot be
  /// used.
  static absl::StatusOr<std::unique_ptr<QxmppSessionFactory>> Start(const SessionOptions& options,
                                                                    size_t threads);

  /// Stops.
  ~QxmppSessionFactory() override;

  /// Runs what has been posted, and ends the threads. Executors stay valid and drop what comes
  /// later.
  void Stop();

  Executor& NextExecutor() override;
  std::unique_ptr<Session> Make(Executor& executor, SessionCredentials credentials,
                                SessionListener* listener) override;

  Executor& NextRegistrationExecutor() override { return NextExecutor(); }
  std::unique_ptr<RegistrationStream> MakeRegistration(const std::string& server) override;

 private:
  class LoopThread;

  explicit QxmppSessionFactory(SessionSettings settings);

  const SessionSettings settings_;
  std::vector<std::unique_ptr<LoopThread>> threads_;
  std::atomic<size_t> next_{0};
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_FACTORY_H_
