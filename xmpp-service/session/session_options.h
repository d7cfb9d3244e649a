#ifndef CHATWIRE_XMPP_SERVICE_SESSION_SESSION_OPTIONS_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_SESSION_OPTIONS_H_

#include <QXmppConfiguration.h>

#include <QList>
#include <QSslCertificate>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace chatwire::xmpp {

class CommandHost;

/// Where to connect instead of asking SRV records.
struct Route {
  std::string host;
  uint16_t port = 0;
};

/// How every session connects.
struct SessionOptions {
  /// PEM file with authorities to trust besides those of the system. Empty: none.
  std::string ca_file;
  /// By domain of the JID. The certificate is still checked against the domain.
  std::map<std::string, Route> routes;
  /// TLS from the first byte (XEP-0368) instead of StartTLS.
  bool direct_tls = false;
  /// SASL PLAIN, which shows the server the password, where there is nothing better. Only over TLS.
  bool allow_plain = false;
  /// Who knows what commands accounts offer; outlives the sessions. Null: nobody.
  CommandHost* command_host = nullptr;
};

/// The same, read and ready.
struct SessionSettings {
  QList<QSslCertificate> authorities;
  std::map<std::string, Route> routes;
  bool direct_tls = false;
  bool allow_plain = false;
  CommandHost* command_host = nullptr;
  /// How long the server may take to answer a request.
  std::chrono::milliseconds request_timeout = std::chrono::seconds(30);
  /// Has the last word on how QXmpp connects. For tests whose server has no TLS; no flag sets it.
  std::function<void(QXmppConfiguration&)> adjust;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_SESSION_OPTIONS_H_
