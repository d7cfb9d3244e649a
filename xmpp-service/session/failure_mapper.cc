#include "xmpp-service/session/failure_mapper.h"

#include <QXmppAuthenticationError.h>
#include <QXmppBindError.h>
#include <QXmppStreamError.h>

#include <QAbstractSocket>

#include "absl/strings/str_cat.h"

namespace chatwire::xmpp {
namespace {

ConnectionFailure OfAuthentication(const QXmpp::AuthenticationError& error, bool temporary) {
  using E = QXmpp::AuthenticationError;
  if (temporary) {
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
      return {FailureReason::kStreamError, "the server offers no safe way to sign in (SCRAM)",
              false};
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

ConnectionFailure OfSocket(QAbstractSocket::SocketError error, const QString& description) {
  const std::string words = description.toStdString();
  if (IsTls(error)) {
    return {FailureReason::kTlsFailed, absl::StrCat("TLS failed: ", words), false};
  }
  return {FailureReason::kServerUnreachable, words, false};
}

}  // namespace

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
      return OfAuthentication(*auth, symptoms.temporary_auth_failure);
    }
    if (const auto stream = error.value<QXmpp::StreamError>()) {
      return OfStream(*stream, error.description);
    }
    if (const auto socket = error.value<QAbstractSocket::SocketError>()) {
      return OfSocket(*socket, error.description);
    }
    return {FailureReason::kStreamError, error.description.toStdString(), false};
  }
  return {symptoms.was_up ? FailureReason::kStreamError : FailureReason::kServerUnreachable,
          "the server closed the connection", false};
}

}  // namespace chatwire::xmpp
