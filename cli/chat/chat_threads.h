#ifndef CHATWIRE_CLI_CHAT_CHAT_THREADS_H_
#define CHATWIRE_CLI_CHAT_CHAT_THREADS_H_

#include <functional>
#include <memory>
#include <thread>

#include "cli/chat/chat.h"
#include "cli/chat/event_follower.h"
#include "cli/chat/rpc_calls.h"
#include "cli/chat/ui_queue.h"

namespace chatwire::cli {

/// A chat with all that works for it on other threads: calls, events and the clock. Everything of
/// the chat itself happens in the functions of the queue.
class ChatThreads {
 public:
  /// All but the options and the account must outlive this.
  ChatThreads(Session& session, const xmpp::v1::Account& account, const Chat::Options& options,
              UiQueue& queue);

  /// What was put into the queue must not be run any more.
  ~ChatThreads();

  ChatThreads(const ChatThreads&) = delete;
  ChatThreads& operator=(const ChatThreads&) = delete;

  Chat& chat() { return chat_; }

  /// Begins to follow the events.
  void Start();

  /// Waits until the service has taken what was sent, at most @p patience, and not for one that is
  /// away. Call on the queue's thread.
  void AwaitSent(absl::Duration patience);

  /// Ends what works on other threads: nothing is put into the queue any more.
  void StopThreads();

 private:
  void KeepTime();

  Session& session_;
  UiQueue& queue_;
  RpcCalls calls_;
  Chat chat_;
  std::unique_ptr<EventFollower> follower_;
  Cancellation clock_end_;
  std::thread clock_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_THREADS_H_
