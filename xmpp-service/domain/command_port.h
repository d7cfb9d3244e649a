#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_PORT_H_

#include <string>
#include <variant>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/command.h"

namespace chatwire::xmpp {

/// Runs the commands of others (XEP-0050). Threads and errors as those of SessionPorts; an empty
/// address is the account's server.
class CommandPort {
 public:
  static constexpr size_t kMaximumCommands = 1000;

  virtual ~CommandPort() = default;

  /// Under which the account is online, and offers its own commands.
  virtual std::string full_jid() const = 0;

  virtual void ListCommands(const std::string& jid, Completion<std::vector<Command>> done) = 0;
  virtual void Run(const CommandStep& step, Completion<CommandResult> done) = 0;
};

using CommandReply = std::variant<CommandResult, CommandRefusal>;

/// Where an account's commands are: sessions ask here what to tell others. Thread-safe; outlives
/// the sessions.
class CommandHost {
 public:
  virtual ~CommandHost() = default;

  /// Those that @p from may see. @p is_contact: they may see the account's presence, or are the
  /// account itself.
  virtual std::vector<Command> CommandsFor(const std::string& account, const std::string& from,
                                           bool is_contact) = 0;

  /// Somebody takes a step: `step.jid` is their full JID. @p done runs on any thread.
  virtual void Handle(const std::string& account, CommandStep step, bool is_contact,
                      Completion<CommandReply> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_PORT_H_
