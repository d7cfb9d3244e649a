#ifndef CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_RESPONDER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_RESPONDER_H_

#include <string>

#include "xmpp-service/domain/command_port.h"
#include "xmpp-service/session/mailbox.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Lets others see and run the account's commands (XEP-0050). Who may do that and what happens is
/// the host's; the address and the stream are checked here.
class CommandResponder final : public SessionPart {
 public:
  CommandResponder(Stream& stream, CommandHost& host) : stream_(stream), host_(host) {}

  QStringList Features() const override;
  bool OnStanza(const QDomElement& stanza) override;

 private:
  /// What a stanza asks, and where the answer goes.
  struct Question {
    QString id;
    QString from;
    bool from_contact = false;
  };

  bool AnswerItems(const Question& question, const QDomElement& query);
  bool AnswerInfo(const Question& question, const QDomElement& query);
  void HandleStep(const Question& question, const QDomElement& command);
  void Reply(const Question& question, const std::string& node, const CommandReply& reply);

  Stream& stream_;
  CommandHost& host_;
  Mailbox mailbox_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_RESPONDER_H_
