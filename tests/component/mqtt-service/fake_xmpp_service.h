#ifndef CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_FAKE_XMPP_SERVICE_H_
#define CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_FAKE_XMPP_SERVICE_H_

#include <grpcpp/server.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chatwire/xmpp/v1/chat_service.grpc.pb.h"
#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "chatwire/xmpp/v1/room_service.grpc.pb.h"
#include "common/mutex.h"

namespace chatwire::mqtt {

/// xmpp-service as mqtt-service sees it: a journal that can be followed, and messages that are
/// accepted once for each request id. Keeps what it has over Stop and Start.
class FakeXmppService {
 public:
  static constexpr char kToken[] = "fake-token";
  static constexpr char kAccount[] = "bot@example.org";
  static constexpr char kAlice[] = "alice@example.org/phone";
  static constexpr char kRoom[] = "lamps@rooms.example.org";
  /// The account's nick there.
  static constexpr char kNick[] = "lampbot";

  FakeXmppService();
  ~FakeXmppService();

  /// Listens on @p port; 0: a free one. Returns the port.
  int Start(int port = 0);
  void Stop();

  /// Journals a message from a contact that was sent now. Returns its event id.
  std::string Say(const std::string& body, const std::string& from = kAlice);
  /// The same in kRoom, from Alice, with the nick `alice`. Private: to the account alone.
  std::string SayInRoom(const std::string& body);
  std::string SayPrivately(const std::string& body);
  void Journal(xmpp::v1::Event event);

  /// From now on no token is known, as after the journal's retention.
  void ExpireTokens();
  /// SendMessage and its like answer this until it is cleared with OK.
  void FailSends(grpc::Status status);

  /// Texts that were accepted, in order, each request id once.
  std::vector<std::string> Replies() const;
  /// Waits for at least @p count replies, at most 20 s.
  std::vector<std::string> WaitForReplies(size_t count) const;
  /// The same for what went into rooms: to a room, or to room/nick.
  std::vector<std::pair<std::string, std::string>> WaitForRoomReplies(size_t count) const;
  /// Calls of SendMessage and its like, repetitions included.
  int send_calls() const;
  /// Waits until somebody follows the journal, at most 20 s.
  bool WaitForFollower() const;

 private:
  class Events;
  class Chat;
  class Rooms;

  grpc::Status Watch(grpc::ServerContext& context, const xmpp::v1::WatchEventsRequest& request,
                     grpc::ServerWriter<xmpp::v1::WatchEventsResponse>& writer);
  grpc::Status Send(const xmpp::v1::SendMessageRequest& request);
  grpc::Status SendToRoom(const std::string& to, const std::string& body,
                          const std::string& request_id);
  /// Counts the call; whether it is a new one.
  bool Accept(const std::string& request_id, const std::string& body)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::unique_ptr<Events> events_;
  std::unique_ptr<Chat> chat_;
  std::unique_ptr<Rooms> rooms_;
  std::unique_ptr<grpc::Server> server_;

  mutable Mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<xmpp::v1::Event> journal_ ABSL_GUARDED_BY(mutex_);
  /// Part of the tokens.
  int generation_ ABSL_GUARDED_BY(mutex_) = 1;
  grpc::Status send_failure_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string> by_request_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> replies_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::pair<std::string, std::string>> room_replies_ ABSL_GUARDED_BY(mutex_);
  int send_calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int followers_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_FAKE_XMPP_SERVICE_H_
