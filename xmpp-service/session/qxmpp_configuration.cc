#include "xmpp-service/session/qxmpp_configuration.h"

#include "xmpp-service/domain/sasl_mechanism.h"

namespace chatwire::xmpp {
namespace {

// More than 0: a client that is never silent gets no whitespace from the server. QXmpp's own
// time-out stays off, since it ends the stream so that it cannot be resumed; the agent has a better
// one.
constexpr int kKeepAliveSeconds = 45;

}  // namespace

QXmppConfiguration MakeConfiguration(const SessionSettings& settings,
                                     const SessionCredentials& credentials,
                                     const std::string& password,
                                     const std::string& required_mechanism) {
  QXmppConfiguration configuration;
  configuration.setUser(QString::fromStdString(credentials.jid.local()));
  configuration.setDomain(QString::fromStdString(credentials.jid.domain()));
  configuration.setResource(QString::fromStdString(credentials.resource));
  configuration.setPassword(QString::fromStdString(password));
  configuration.setStreamSecurityMode(settings.direct_tls ? QXmppConfiguration::LegacySSL
                                                          : QXmppConfiguration::TLSRequired);
  configuration.setCaCertificates(settings.authorities);
  configuration.setUseNonSASLAuthentication(false);
  configuration.setUseFastTokenAuthentication(false);
  // With Bind 2 (XEP-0386) the server chooses the resource; ours is the one that was asked for, and
  // stays the same over restarts.
  configuration.setUseSasl2Authentication(false);
  QStringList disabled{QStringLiteral("DIGEST-MD5"), QStringLiteral("ANONYMOUS")};
  // QXmpp takes the strongest that there is: PLAIN only where there is no SCRAM.
  if (!settings.allow_plain) disabled.append(QStringLiteral("PLAIN"));
  for (const std::string& weaker : WeakerThan(required_mechanism)) {
    disabled.append(QString::fromStdString(weaker));
  }
  configuration.setDisabledSaslMechanisms(disabled);
  configuration.setAutoReconnectionEnabled(false);
  configuration.setAutoAcceptSubscriptions(false);
  configuration.setKeepAliveInterval(kKeepAliveSeconds);
  configuration.setKeepAliveTimeout(0);
  const auto route = settings.routes.find(credentials.jid.domain());
  if (route != settings.routes.end()) {
    configuration.setHost(QString::fromStdString(route->second.host));
    configuration.setPort(route->second.port);
  }
  if (settings.adjust) settings.adjust(configuration);
  return configuration;
}

}  // namespace chatwire::xmpp
