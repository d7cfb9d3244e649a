#ifndef CHATWIRE_MQTT_SERVICE_FEED_CHAT_REPLY_SENDER_H_
#define CHATWIRE_MQTT_SERVICE_FEED_CHAT_REPLY_SENDER_H_

#include <grpcpp/client_context.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/backoff.h"
#include "common/mutex.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/feed/xmpp_channel.h"

namespace chatwire::mqtt {

/// Sends the owed replies through ChatService.SendMessage, and into rooms through
/// RoomService.SendRoomMessage and SendPrivateMessage, oldest first, one after the other. A
/// reply stays in the store until xmpp-service has accepted it; its request id makes the repetition
/// harmless. One that can never be sent is dropped with a log line. An account whose replies fail
/// does not hold up the others.
class ChatReplySender {
 public:
  /// All arguments must outlive the sender.
  ChatReplySender(XmppChannel& channel, Store& store);
  ~ChatReplySender();

  void Start();
  void Stop();

  /// There may be something to send. Thread-safe, never blocks.
  void Wake();

 private:
  /// Failures of one account.
  struct Pause {
    absl::Time until;
    Backoff backoff;
  };

  void Run();
  /// Sends what can be sent now.
  void SendAll();
  /// True: the row is done with.
  bool SendOne(const OwedReply& reply);
  absl::Status Send(const OwedReply& reply);
  bool IsPaused(const std::string& account) const;
  void PauseAccount(const std::string& account);
  std::vector<OwedReply> Page(int64_t after);
  void Remove(const std::vector<int64_t>& ids);
  bool Stopping();
  void WaitForWork();

  XmppChannel& channel_;
  Store& store_;
  std::map<std::string, Pause> paused_;

  Mutex mutex_;
  std::condition_variable changed_;
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::thread thread_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_CHAT_REPLY_SENDER_H_
