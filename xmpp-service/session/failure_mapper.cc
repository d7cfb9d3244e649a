#include "xmpp-service/session/failure_mapper.h"

#include <QXmppAuthenticationError.h>
#include <QXmppBindError.h>
#include <QXmppStreamError.h>

#include <QAbstractSocket>
#include <QSslError>

#include "absl/strings/str_cat.h"

namespace chatwire::xmpp {
namespace {

ConnectionFailure NoMechanism(const std::string& required) {
  if (required.empty()) {
    return {FailureReason::kNoSafeLogin,
            "the server offers no safe way to sign in (SCRAM); if it is known to have nothing "
            "better than PLAIN, this service can be started with --xmpp_allow_plain",
            false};
  }
  return {FailureReason::kSaslDowngrade,
          absl::StrCat("the server offers only weaker ways to sign in than ", required,
                       ", which this account has used before; somebody may be listening. If the "
                       "server's operator has changed that, call Login with the password again"),
          false};
}

ConnectionFailure OfAuthentication(const QXmpp::AuthenticationError& error,
                                   const ConnectionSymptoms& symptoms) {
  using E = QXmpp::AuthenticationError;
  if (symptoms.temporary_auth_failure) {
    return {FailureReason::kServerUnreachable, "the server cannot check passwords at the moment",
            false};
  }
  switch (error.type) {
    case E::NotAuthorized:
      return {FailureReason::kWrongPassword, "the server refused the user name or the password",
              true};
    case E::AccountDisabled:
      return {FailureReason::kWrongPassword, "the account is disabled on the server", true};
    case E::CredentialsExpired:
      return {FailureReason::kWrongPassword, "the password has expired", true};
    case E::MechanismMismatch:
      return NoMechanism(symptoms.required_mechanism);
    default:
      return {FailureReason::kStreamError, "signing in failed", false};
  }
}

ConnectionFailure OfStream(QXmpp::StreamError error, const QString& description) {
  if (error == QXmpp::StreamError::Conflict) {
    return {FailureReason::kConflict, "another client took this resource", true};
  }
  return {FailureReason::kStreamError,
          absl::StrCat("the server ended the stream: ", description.toStdString()), false};
}

bool IsTls(QAbstractSocket::SocketError error) {
  return error == QAbstractSocket::SslHandshakeFailedError ||
         error == QAbstractSocket::SslInternalError ||
         error == QAbstractSocket::SslInvalidUserDataError;
}

ConnectionFailure OfSocket(QAbstractSocket::SocketError error, const ConnectionSymptoms& symptoms) {
  const std::string words = symptoms.error->description.toStdString();
  const std::string address = symptoms.address.toStdString();
  if (IsTls(error)) {
    return {FailureReason::kTlsFailed, absl::StrCat("TLS with ", address, " failed: ", words),
            false};
  }
  if (symptoms.was_up) {
    return {FailureReason::kServerUnreachable,
            absl::StrCat("the connection to ", address, " broke: ", words), false};
  }
  return {FailureReason::kServerUnreachable,
          absl::StrCat("cannot connect to ", address, ": ", words,
                       "; check that the server runs, and can be reached from this service"),
          false};
}

/// Only before the session is up; nothing else of a log is kept: it has passwords in it.
void ReadLog(QXmppLogger::MessageType type, const QString& text, ConnectionSymptoms& symptoms) {
  if (symptoms.was_up) return;
  if (type == QXmppLogger::WarningMessage && text.contains(QLatin1String("does not support TLS"))) {
    symptoms.tls_missing = true;
  }
  if (type == QXmppLogger::ReceivedMessage &&
      text.contains(QLatin1String("<temporary-auth-failure"))) {
    symptoms.temporary_auth_failure = true;
  }
  static constexpr QLatin1StringView kMechanism("SASL mechanism '");
  if (type == QXmppLogger::InformationMessage && text.startsWith(kMechanism)) {
    symptoms.mechanism = text.mid(kMechanism.size()).section(QLatin1Char('\''), 0, 0);
  }
  static constexpr QLatin1StringView kConnecting("Connecting to ");
  if (type == QXmppLogger::InformationMessage && text.startsWith(kConnecting)) {
    symptoms.address = text.mid(kConnecting.size()).section(QLatin1Char(' '), 0, 0);
  }
}

}  // namespace

void CollectSymptoms(QXmppClient& client, QObject& context, ConnectionSymptoms& symptoms) {
  QObject::connect(&client, &QXmppClient::errorOccurred, &context,
                   [&symptoms](const QXmppError& error) {
                     if (!symptoms.error.has_value()) symptoms.error = error;
                   });
  QObject::connect(&client, &QXmppClient::sslErrors, &context,
                   [&symptoms](const QList<QSslError>& errors) {
                     if (!errors.isEmpty()) {
                       symptoms.certificate_error = errors.first().errorString();
                     }
                   });
  QObject::connect(&client, &QXmppLoggable::logMessage, &context,
                   [&symptoms](QXmppLogger::MessageType type, const QString& text) {
                     ReadLog(type, text, symptoms);
                   });
}

ConnectionFailure ToFailure(const ConnectionSymptoms& symptoms) {
  if (!symptoms.certificate_error.isEmpty()) {
    return {FailureReason::kTlsFailed,
            absl::StrCat("the server's certificate does not hold: ",
                         symptoms.certificate_error.toStdString()),
            true};
  }
  if (symptoms.tls_missing) {
    return {FailureReason::kTlsFailed, "the server offers no TLS", false};
  }
  if (symptoms.error.has_value()) {
    const QXmppError& error = *symptoms.error;
    if (const auto auth = error.value<QXmpp::AuthenticationError>()) {
      return OfAuthentication(*auth, symptoms);
    }
    if (const auto stream = error.value<QXmpp::StreamError>()) {
      return OfStream(*stream, error.description);
    }
    if (const auto socket = error.value<QAbstractSocket::SocketError>()) {
      return OfSocket(*socket, symptoms);
    }
    return {FailureReason::kStreamError, error.description.toStdString(), false};
  }
  return {symptoms.was_up ? FailureReason::kStreamError : FailureReason::kServerUnreachable,
          "the server closed the connection", false};
}

}  // namespace chatwire::xmpp
