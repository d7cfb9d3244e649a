#ifndef CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_CLIENT_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/command_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Runs the commands of others (XEP-0050).
class CommandClient final : public SessionPart, public CommandPort {
 public:
  explicit CommandClient(Stream& stream) : stream_(stream) {}

  std::string full_jid() const override { return stream_.full_jid(); }
  void ListCommands(const std::string& jid, Completion<std::vector<Command>> done) override;
  void Run(const CommandStep& step, Completion<CommandResult> done) override;

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_COMMAND_CLIENT_H_
