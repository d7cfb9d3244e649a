#ifndef CHATWIRE_CLI_CHAT_MESSAGE_ACTIONS_H_
#define CHATWIRE_CLI_CHAT_MESSAGE_ACTIONS_H_

#include <string>

#include "cli/chat/chat_context.h"
#include "cli/chat/typing_notice.h"

namespace chatwire::cli {

/// What somebody does with messages of the conversation that is shown. Errors are told there.
class MessageActions {
 public:
  /// @p tell_marks: whether others may know what is read and typed here. @p context must outlive
  /// this.
  MessageActions(const ChatContext& context, bool tell_marks)
      : context_(context), tell_marks_(tell_marks) {}

  void Send(Conversation& conversation, const std::string& text);
  void Correct(Conversation& conversation, const std::string& text);
  void Retract(Conversation& conversation);
  void React(Conversation& conversation, std::string emojis);
  void SendFile(Conversation& conversation, const std::string& path);

  /// Tells the sender that what is in @p conversation was shown. Once for each message.
  void MarkDisplayed(Conversation& conversation);
  void TellTyping(const TypingNotice::Told& told);

  /// Messages that the service has not taken yet.
  int waiting() const { return waiting_; }

 private:
  template <typename Response, typename Request>
  void CallMessage(Conversation& conversation, const std::string& rpc, const Request& request);
  template <typename Response, typename Request>
  void CallChange(const std::string& rpc, const Request& request);

  const ChatContext& context_;
  bool tell_marks_;
  int waiting_ = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_MESSAGE_ACTIONS_H_
