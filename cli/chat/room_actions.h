#ifndef CHATWIRE_CLI_CHAT_ROOM_ACTIONS_H_
#define CHATWIRE_CLI_CHAT_ROOM_ACTIONS_H_

#include <functional>
#include <string>

#include "cli/chat/chat_context.h"

namespace chatwire::cli {

/// The commands of a chat that are about rooms. @p arguments are what was typed behind the command;
/// the outcome is told in the conversation that is shown.
class RoomActions {
 public:
  /// @p entered is called with a room that the account is in now. @p context must outlive this.
  RoomActions(const ChatContext& context, std::function<void(Conversation&)> entered)
      : context_(context), entered_(std::move(entered)) {}

  /// Runs the command @p name; false when it is none of these.
  bool Run(const std::string& name, const std::string& arguments);

  void Join(const std::string& room, const std::string& nick, const std::string& password);

  /// Finds out whether @p jid is a room, and then enters it; else calls @p no_room.
  void JoinIfRoom(const std::string& jid, std::function<void()> no_room);

 private:
  void JoinTyped(std::string arguments);
  void Leave(std::string room);
  void Nick(Conversation& room, const std::string& nick);
  void Topic(Conversation& room, const std::string& topic);
  void Invite(Conversation& room, std::string arguments);
  void Who(Conversation& room);

  const ChatContext& context_;
  std::function<void(Conversation&)> entered_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_ROOM_ACTIONS_H_
