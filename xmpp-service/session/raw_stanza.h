#ifndef CHATWIRE_XMPP_SERVICE_SESSION_RAW_STANZA_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_RAW_STANZA_H_

#include <QXmppIq.h>

#include <QDomElement>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire::xmpp {

/// Reads a stanza that somebody wants to have sent by @p account (a bare JID), as strictly as
/// stanza_service.proto says; `from` is dropped.
///
/// Errors: INVALID_ARGUMENT with BAD_STANZA, STANZA_NOT_ALLOWED or BAD_JID.
absl::StatusOr<QDomElement> ReadRawStanza(const std::string& xml, const std::string& account);

/// Writes such a message or presence.
class RawStanza final : public QXmppStanza {
 public:
  explicit RawStanza(QDomElement element) : element_(std::move(element)) {}

  bool isXmppStanza() const override { return true; }
  void parse(const QDomElement&) override {}
  void toXml(QXmlStreamWriter* writer) const override;

 private:
  QDomElement element_;
};

/// Writes such an IQ. Its id is the sender's to set.
class RawIq final : public QXmppIq {
 public:
  explicit RawIq(const QDomElement& element);

 protected:
  void toXmlElementFromChild(QXmlStreamWriter* writer) const override;

 private:
  QDomElement payload_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_RAW_STANZA_H_
