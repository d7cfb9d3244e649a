#ifndef CHATWIRE_CLI_CHAT_CONTACT_ACTIONS_H_
#define CHATWIRE_CLI_CHAT_CONTACT_ACTIONS_H_

#include <string>

#include "cli/chat/chat_context.h"

namespace chatwire::cli {

/// The commands of a chat that are about contacts and one's own presence. @p arguments are what was
/// typed behind the command; the outcome is told in the conversation that is shown.
class ContactActions {
 public:
  /// @p context must outlive this.
  explicit ContactActions(const ChatContext& context) : context_(context) {}

  /// Runs the command @p name; false when it is none of these.
  bool Run(const std::string& name, const std::string& arguments);

 private:
  void Status(std::string arguments);
  void Add(std::string arguments);
  void Remove(const std::string& jid);
  void Accept(const std::string& jid);
  void Deny(const std::string& jid);
  void Block(const std::string& jid);
  void Unblock(const std::string& jid);
  /// The JID that was typed, else that of the contact that is shown.
  std::string JidOr(const std::string& typed) const;

  const ChatContext& context_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CONTACT_ACTIONS_H_
