#ifndef CHATWIRE_CLI_CHAT_CHAT_H_
#define CHATWIRE_CLI_CHAT_CHAT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chatwire/xmpp/v1/account_service.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "cli/chat/chat_calls.h"
#include "cli/chat/chat_context.h"
#include "cli/chat/chat_model.h"
#include "cli/chat/contact_actions.h"
#include "cli/chat/event_applier.h"
#include "cli/chat/loader.h"
#include "cli/chat/message_actions.h"
#include "cli/chat/room_actions.h"
#include "cli/chat/typing_notice.h"

namespace chatwire::cli {

/// An interactive chat without its screen: takes what somebody types and what the service tells,
/// and keeps the model that is shown. Everything happens on one thread; nothing blocks.
class Chat {
 public:
  struct Options {
    /// With whom to begin: a JID or a room. Empty: the list.
    std::string peer;
    /// Whether others may know what is read and typed here.
    bool tell_marks = true;
    bool notify = true;
  };
  /// Where time and ids come from.
  struct Sources {
    std::function<absl::Time()> now;
    std::function<std::string()> new_id;
  };

  /// @p calls must outlive this.
  Chat(Options options, const xmpp::v1::Account& account, ChatCalls& calls, Sources sources);

  /// Called for what somebody should notice, with who wrote it and what.
  void OnNotification(std::function<void(const IncomingMessage&)> notify) {
    notify_ = std::move(notify);
  }

  /// Called for every message of others that comes.
  void OnMessage(std::function<void(const IncomingMessage&)> heard) { heard_ = std::move(heard); }

  /// The event stream is up: from now on, or (with @p resumed) from where it was.
  void StreamUp(bool resumed);
  void StreamLost(const std::string& why);
  void OnEvent(const xmpp::v1::Event& event);

  /// Somebody ended a line with Enter.
  void Submit(const std::string& line);
  /// Sends a text as it is to the conversation that is shown.
  void Say(const std::string& text);
  /// The line that is being typed has changed.
  void LineChanged(bool empty);
  void SelectNext(int step);
  /// Goes to what is unread; false when nothing is.
  bool SelectUnread();
  /// Goes to the one with this number in the list, from 1.
  void SelectNumber(int number);
  /// The screen has reached the first message.
  void ReachedTop();
  /// Every few seconds.
  void Tick();

  bool quit() const { return quit_; }
  /// How many messages the service has not taken yet.
  int waiting() const { return messages_.waiting(); }
  ChatModel& model() { return model_; }
  absl::Time now() const { return context_.now(); }

 private:
  void OpenPeer(const std::string& jid);
  void Show(Conversation& conversation);
  void Run(const std::string& command, const std::string& text);
  void Msg(std::string arguments);
  void Help(const std::string& command);
  void AfterSelection();

  Options options_;
  ChatModel model_;
  ChatContext context_;
  EventApplier applier_;
  Loader loader_;
  MessageActions messages_;
  RoomActions rooms_;
  ContactActions contacts_;
  TypingNotice typing_;
  std::function<void(const IncomingMessage&)> notify_;
  std::function<void(const IncomingMessage&)> heard_;
  int64_t last_sequence_ = 0;
  bool started_ = false;
  bool quit_ = false;
  absl::Time last_key_ = absl::InfinitePast();
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_H_
