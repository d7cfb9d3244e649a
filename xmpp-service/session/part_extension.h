#ifndef CHATWIRE_XMPP_SERVICE_SESSION_PART_EXTENSION_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_PART_EXTENSION_H_

#include <QXmppClientExtension.h>

#include "xmpp-service/session/session_part.h"

namespace chatwire::xmpp {

/// How a part of a session hangs on a client of QXmpp. Owned by the client.
class PartExtension final : public QXmppClientExtension {
 public:
  explicit PartExtension(SessionPart& part) : part_(&part) {}

  /// The client goes away some time, the part maybe sooner.
  void Release() { part_ = nullptr; }

  QStringList discoveryFeatures() const override {
    return part_ == nullptr ? QStringList() : part_->Features();
  }

  bool handleStanza(const QDomElement& stanza, const std::optional<QXmppE2eeMetadata>&) override {
    return part_ != nullptr && part_->OnStanza(stanza);
  }

 private:
  SessionPart* part_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_PART_EXTENSION_H_
