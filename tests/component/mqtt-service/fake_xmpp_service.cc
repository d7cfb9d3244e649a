#include "tests/component/mqtt-service/fake_xmpp_service.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/rpc/time.h"
#include "common/uuid.h"

namespace chatwire::mqtt {
namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr std::chrono::milliseconds kCancelPoll{20};

bool HasToken(const grpc::ServerContext& context) {
  const auto header = context.client_metadata().find("authorization");
  return header != context.client_metadata().end() &&
         header->second == absl::StrCat("Bearer ", FakeXmppService::kToken);
}

xmpp::v1::Event NewEvent() {
  xmpp::v1::Event event;
  event.set_event_id(RandomUuid());
  event.set_account(FakeXmppService::kAccount);
  return event;
}

template <typename Message>
void FromAlice(const std::string& body, Message& message) {
  message.set_room(FakeXmppService::kRoom);
  message.set_nick("alice");
  message.set_body(body);
  message.set_jid(FakeXmppService::kAlice);
  message.set_from_contact(true);
  message.set_role(xmpp::v1::ROOM_ROLE_PARTICIPANT);
  *message.mutable_sent_time() = ToProto(absl::Now());
}

grpc::Status NoToken() { return {grpc::StatusCode::UNAUTHENTICATED, "no such token"}; }

}  // namespace

class FakeXmppService::Events final : public xmpp::v1::EventService::Service {
 public:
  explicit Events(FakeXmppService& fake) : fake_(fake) {}
  grpc::Status WatchEvents(grpc::ServerContext* context,
                           const xmpp::v1::WatchEventsRequest* request,
                           grpc::ServerWriter<xmpp::v1::WatchEventsResponse>* writer) override {
    return HasToken(*context) ? fake_.Watch(*context, *request, *writer) : NoToken();
  }

 private:
  FakeXmppService& fake_;
};

class FakeXmppService::Chat final : public xmpp::v1::ChatService::Service {
 public:
  explicit Chat(FakeXmppService& fake) : fake_(fake) {}
  grpc::Status SendMessage(grpc::ServerContext* context,
                           const xmpp::v1::SendMessageRequest* request,
                           xmpp::v1::SendMessageResponse* /*response*/) override {
    return HasToken(*context) ? fake_.Send(*request) : NoToken();
  }

 private:
  FakeXmppService& fake_;
};

class FakeXmppService::Rooms final : public xmpp::v1::RoomService::Service {
 public:
  explicit Rooms(FakeXmppService& fake) : fake_(fake) {}
  grpc::Status SendRoomMessage(grpc::ServerContext* context,
                               const xmpp::v1::SendRoomMessageRequest* request,
                               xmpp::v1::SendRoomMessageResponse* /*response*/) override {
    if (!HasToken(*context)) return NoToken();
    return fake_.SendToRoom(request->room(), request->body(), request->request_id());
  }
  grpc::Status SendPrivateMessage(grpc::ServerContext* context,
                                  const xmpp::v1::SendPrivateMessageRequest* request,
                                  xmpp::v1::SendPrivateMessageResponse* /*response*/) override {
    if (!HasToken(*context)) return NoToken();
    return fake_.SendToRoom(absl::StrCat(request->room(), "/", request->nick()), request->body(),
                            request->request_id());
  }

 private:
  FakeXmppService& fake_;
};

FakeXmppService::FakeXmppService()
    : events_(std::make_unique<Events>(*this)),
      chat_(std::make_unique<Chat>(*this)),
      rooms_(std::make_unique<Rooms>(*this)) {}

FakeXmppService::~FakeXmppService() { Stop(); }

int FakeXmppService::Start(int port) {
  {
    MutexLock lock(mutex_);
    stopping_ = false;
  }
  int selected = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("127.0.0.1:", port), grpc::InsecureServerCredentials(),
                           &selected);
  builder.RegisterService(events_.get());
  builder.RegisterService(chat_.get());
  builder.RegisterService(rooms_.get());
  server_ = builder.BuildAndStart();
  return selected;
}

void FakeXmppService::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
  server_.reset();
}

std::string FakeXmppService::Say(const std::string& body, const std::string& from) {
  xmpp::v1::Event event = NewEvent();
  auto& message = *event.mutable_message_received();
  message.set_from(from);
  message.set_to(kAccount);
  message.set_body(body);
  message.set_from_contact(true);
  message.set_source(xmpp::v1::MESSAGE_SOURCE_LIVE);
  *message.mutable_sent_time() = ToProto(absl::Now());
  const std::string id = event.event_id();
  Journal(std::move(event));
  return id;
}

std::string FakeXmppService::SayInRoom(const std::string& body) {
  xmpp::v1::Event event = NewEvent();
  auto& message = *event.mutable_room_message_received();
  FromAlice(body, message);
  message.set_account_nick(kNick);
  message.set_stanza_id(event.event_id());
  const std::string id = event.event_id();
  Journal(std::move(event));
  return id;
}

std::string FakeXmppService::SayPrivately(const std::string& body) {
  xmpp::v1::Event event = NewEvent();
  FromAlice(body, *event.mutable_room_private_message_received());
  const std::string id = event.event_id();
  Journal(std::move(event));
  return id;
}

void FakeXmppService::Journal(xmpp::v1::Event event) {
  {
    MutexLock lock(mutex_);
    event.set_sequence(static_cast<int64_t>(journal_.size()) + 1);
    journal_.push_back(std::move(event));
  }
  changed_.notify_all();
}

void FakeXmppService::ExpireTokens() {
  MutexLock lock(mutex_);
  ++generation_;
}

void FakeXmppService::FailSends(grpc::Status status) {
  MutexLock lock(mutex_);
  send_failure_ = std::move(status);
}

std::vector<std::string> FakeXmppService::Replies() const {
  MutexLock lock(mutex_);
  return replies_;
}

std::vector<std::string> FakeXmppService::WaitForReplies(size_t count) const {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), kPatience,
                    [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return replies_.size() >= count; });
  return replies_;
}

std::vector<std::pair<std::string, std::string>> FakeXmppService::WaitForRoomReplies(
    size_t count) const {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), kPatience,
                    [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return room_replies_.size() >= count; });
  return room_replies_;
}

int FakeXmppService::send_calls() const {
  MutexLock lock(mutex_);
  return send_calls_;
}

bool FakeXmppService::WaitForFollower() const {
  MutexLock lock(mutex_);
  return changed_.wait_for(lock.native(), kPatience,
                           [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return followers_ > 0; });
}

grpc::Status FakeXmppService::Watch(grpc::ServerContext& context,
                                    const xmpp::v1::WatchEventsRequest& request,
                                    grpc::ServerWriter<xmpp::v1::WatchEventsResponse>& writer) {
  MutexLock lock(mutex_);
  size_t next = request.from_beginning() ? 0 : journal_.size();
  if (!request.resume_token().empty()) {
    const std::vector<std::string> parts = absl::StrSplit(request.resume_token(), '.');
    if (parts.size() != 2 || parts[0] != absl::StrCat(generation_) ||
        !absl::SimpleAtoi(parts[1], &next)) {
      return {grpc::StatusCode::OUT_OF_RANGE, "these events are gone"};
    }
  }
  ++followers_;
  changed_.notify_all();
  bool first = true;
  while (!stopping_ && !context.IsCancelled()) {
    if (next == journal_.size() && !first) {
      changed_.wait_for(lock.native(), kCancelPoll);
      continue;
    }
    xmpp::v1::WatchEventsResponse response;
    if (next < journal_.size()) *response.mutable_event() = journal_[next++];
    response.set_resume_token(absl::StrCat(generation_, ".", next));
    first = false;
    lock.native().unlock();
    writer.Write(response);
    lock.native().lock();
  }
  --followers_;
  return {grpc::StatusCode::UNAVAILABLE, "stopping"};
}

grpc::Status FakeXmppService::Send(const xmpp::v1::SendMessageRequest& request) {
  {
    MutexLock lock(mutex_);
    const bool fresh = Accept(request.request_id(), request.body());
    if (!send_failure_.ok()) return send_failure_;
    if (fresh) replies_.push_back(request.body());
  }
  changed_.notify_all();
  return grpc::Status::OK;
}

grpc::Status FakeXmppService::SendToRoom(const std::string& to, const std::string& body,
                                         const std::string& request_id) {
  {
    MutexLock lock(mutex_);
    const bool fresh = Accept(request_id, body);
    if (!send_failure_.ok()) return send_failure_;
    if (fresh) room_replies_.emplace_back(to, body);
  }
  changed_.notify_all();
  return grpc::Status::OK;
}

bool FakeXmppService::Accept(const std::string& request_id, const std::string& body) {
  ++send_calls_;
  return send_failure_.ok() && by_request_.emplace(request_id, body).second;
}

}  // namespace chatwire::mqtt
