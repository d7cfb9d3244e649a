#include "xmpp-service/session/qxmpp_session_factory.h"

#include <QXmppLogger.h>

#include <QSslConfiguration>
#include <QThread>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/wait.h"
#include "xmpp-service/session/qt_executor.h"
#include "xmpp-service/session/qxmpp_session.h"
#include "xmpp-service/session/registration_stream.h"

namespace chatwire::xmpp {

/// One event loop.
class QxmppSessionFactory::LoopThread {
 public:
  LoopThread() : anchor_(new QObject), executor_(anchor_) {
    anchor_->moveToThread(&thread_);
    thread_.start();
  }

  ~LoopThread() { Stop(); }

  void Stop() {
    if (anchor_ == nullptr) return;
    // quit() would overtake what is posted.
    (void)WaitFor<bool>([this](Completion<bool> done) {
      executor_.Post([done = std::move(done)]() mutable { done(true); });
    });
    executor_.Close();
    thread_.quit();
    thread_.wait();
    delete std::exchange(anchor_, nullptr);
  }

  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;

  Executor& executor() { return executor_; }

 private:
  QThread thread_;
  QObject* anchor_;
  QtExecutor executor_;
};

absl::StatusOr<std::unique_ptr<QxmppSessionFactory>> QxmppSessionFactory::Start(
    const SessionOptions& options, size_t threads) {
  SessionSettings settings;
  settings.routes = options.routes;
  settings.direct_tls = options.direct_tls;
  settings.allow_plain = options.allow_plain;
  settings.command_host = options.command_host;
  // QXmpp's list replaces that of the system.
  settings.authorities = QSslConfiguration::systemCaCertificates();
  if (!options.ca_file.empty()) {
    const auto extra =
        QSslCertificate::fromPath(QString::fromStdString(options.ca_file), QSsl::Pem);
    if (extra.isEmpty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(options.ca_file, " holds no certificate in PEM form, or cannot be read"));
    }
    settings.authorities += extra;
  }
  // A lazy singleton without a lock; every client asks for it.
  QXmppLogger::getLogger()->setLoggingType(QXmppLogger::NoLogging);
  std::unique_ptr<QxmppSessionFactory> factory(new QxmppSessionFactory(std::move(settings)));
  for (size_t i = 0; i < threads; ++i) factory->threads_.push_back(std::make_unique<LoopThread>());
  return factory;
}

QxmppSessionFactory::QxmppSessionFactory(SessionSettings settings)
    : settings_(std::move(settings)) {}

QxmppSessionFactory::~QxmppSessionFactory() { Stop(); }

void QxmppSessionFactory::Stop() {
  for (const auto& thread : threads_) thread->Stop();
}

Executor& QxmppSessionFactory::NextExecutor() {
  return threads_[next_.fetch_add(1) % threads_.size()]->executor();
}

std::unique_ptr<Session> QxmppSessionFactory::Make(Executor&, SessionCredentials credentials,
                                                   SessionListener* listener) {
  return std::make_unique<QxmppSession>(settings_, std::move(credentials), listener);
}

std::unique_ptr<RegistrationStream> QxmppSessionFactory::MakeRegistration(
    const std::string& server) {
  return std::make_unique<QxmppRegistrationStream>(settings_, server);
}

}  // namespace chatwire::xmpp
