#include "mqtt-service/feed/chat_reply_sender.h"

#include <algorithm>
#include <chrono>

#include "absl/log/log.h"
#include "absl/time/clock.h"
#include "chatwire/xmpp/v1/chat_service.grpc.pb.h"
#include "chatwire/xmpp/v1/room_service.grpc.pb.h"
#include "common/rpc/grpc_status.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {
namespace {

constexpr std::chrono::seconds kSendTimeout{10};
constexpr absl::Duration kIdle = absl::Seconds(60);
constexpr int64_t kPage = 64;

/// Whether trying again would end in the same way.
bool IsFinal(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kUnimplemented:
      return true;
    default:
      return false;
  }
}

/// What every one of these requests has.
template <typename Request>
Request About(const OwedReply& reply) {
  Request request;
  request.set_account(reply.account);
  request.set_body(reply.text);
  request.set_request_id(reply.request_id);
  return request;
}

/// Has xmpp-service accept @p reply, wherever it goes.
grpc::Status Deliver(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& context,
                     const OwedReply& reply) {
  if (reply.place == ChatPlace::kDirect) {
    auto request = About<xmpp::v1::SendMessageRequest>(reply);
    request.set_to(reply.to);
    xmpp::v1::SendMessageResponse response;
    return xmpp::v1::ChatService::NewStub(channel)->SendMessage(&context, request, &response);
  }
  const auto rooms = xmpp::v1::RoomService::NewStub(channel);
  if (reply.place == ChatPlace::kRoom) {
    auto request = About<xmpp::v1::SendRoomMessageRequest>(reply);
    request.set_room(BareJid(reply.to));
    xmpp::v1::SendRoomMessageResponse response;
    return rooms->SendRoomMessage(&context, request, &response);
  }
  auto request = About<xmpp::v1::SendPrivateMessageRequest>(reply);
  request.set_room(BareJid(reply.to));
  request.set_nick(ResourceOf(reply.to));
  xmpp::v1::SendPrivateMessageResponse response;
  return rooms->SendPrivateMessage(&context, request, &response);
}

}  // namespace

ChatReplySender::ChatReplySender(XmppChannel& channel, Store& store)
    : channel_(channel), store_(store) {}

ChatReplySender::~ChatReplySender() { Stop(); }

void ChatReplySender::Start() {
  thread_ = std::thread([this] { Run(); });
}

void ChatReplySender::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ChatReplySender::Wake() {
  {
    MutexLock lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void ChatReplySender::Run() {
  while (!Stopping()) {
    SendAll();
    WaitForWork();
  }
}

bool ChatReplySender::Stopping() {
  MutexLock lock(mutex_);
  return stopping_;
}

void ChatReplySender::WaitForWork() {
  absl::Duration wait = kIdle;
  for (const auto& [account, pause] : paused_) wait = std::min(wait, pause.until - absl::Now());
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(),
                    absl::ToChronoNanoseconds(std::max(wait, absl::Milliseconds(10))),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return woken_ || stopping_; });
  woken_ = false;
}

void ChatReplySender::SendAll() {
  int64_t last = 0;
  while (!Stopping()) {
    const std::vector<OwedReply> page = Page(last);
    if (page.empty()) return;
    std::vector<int64_t> done;
    for (const OwedReply& reply : page) {
      last = reply.id;
      if (!Stopping() && !IsPaused(reply.account) && SendOne(reply)) done.push_back(reply.id);
    }
    Remove(done);
  }
}

bool ChatReplySender::SendOne(const OwedReply& reply) {
  const absl::Status status = Send(reply);
  if (status.ok()) {
    paused_.erase(reply.account);
    return true;
  }
  if (IsFinal(status)) {
    LOG(ERROR) << "chat reply " << reply.request_id << " of " << reply.account
               << " is dropped: " << status.message();
    return true;
  }
  if (!Stopping()) {
    LOG(WARNING) << "chat replies of " << reply.account << " wait: " << status.message();
    PauseAccount(reply.account);
  }
  return false;
}

absl::Status ChatReplySender::Send(const OwedReply& reply) {
  const auto channel = channel_.Get();
  if (!channel.ok()) return absl::UnavailableError(channel.status().message());
  grpc::ClientContext context;
  const absl::Status attached = channel_.Attach(context);
  if (!attached.ok()) return attached;
  context.set_deadline(std::chrono::system_clock::now() + kSendTimeout);
  {
    MutexLock lock(mutex_);
    if (stopping_) return absl::CancelledError("the service is stopping");
    context_ = &context;
  }
  const grpc::Status sent = Deliver(*channel, context, reply);
  MutexLock lock(mutex_);
  context_ = nullptr;
  return FromGrpcStatus(sent);
}

bool ChatReplySender::IsPaused(const std::string& account) const {
  const auto pause = paused_.find(account);
  return pause != paused_.end() && pause->second.until > absl::Now();
}

void ChatReplySender::PauseAccount(const std::string& account) {
  Pause& pause = paused_.try_emplace(account, Pause{absl::Now(), LinkBackoff()}).first->second;
  pause.until = absl::Now() + pause.backoff.Next();
}

std::vector<OwedReply> ChatReplySender::Page(int64_t after) {
  std::vector<OwedReply> page;
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    page = transaction.chat().RepliesAfter(after, kPage);
    return absl::OkStatus();
  });
  if (!read.ok()) LOG(ERROR) << "chat replies: " << read.message();
  return page;
}

void ChatReplySender::Remove(const std::vector<int64_t>& ids) {
  if (ids.empty()) return;
  const absl::Status written = store_.Write([&](Transaction& transaction) {
    for (const int64_t id : ids) transaction.chat().RemoveReply(id);
    return absl::OkStatus();
  });
  // They are sent again then, and xmpp-service knows their request ids.
  if (!written.ok()) LOG(ERROR) << "chat replies: " << written.message();
}

}  // namespace chatwire::mqtt
