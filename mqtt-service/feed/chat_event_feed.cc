#include "mqtt-service/feed/chat_event_feed.h"

#include <thread>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "mqtt-service/feed/response_queue.h"
#include "mqtt-service/wire/chat_event_proto.h"

namespace chatwire::mqtt {
namespace {

bool JournalHasNoSuchToken(const absl::Status& status) {
  return status.code() == absl::StatusCode::kOutOfRange || ReasonOf(status) == "BAD_RESUME_TOKEN";
}

}  // namespace

ChatEventFeed::ChatEventFeed(XmppChannel& channel, Store& store, ChatRules& rules)
    : channel_(channel), store_(store), rules_(rules) {}

absl::Status ChatEventFeed::Open() {
  const auto request = MakeRequest();
  if (!request.ok()) return request.status();
  const absl::Status started = StartStream(*request);
  if (!started.ok()) return started;
  // The first response is sent at once, so this tells whether the stream is up.
  Response first;
  if (!reader_->Read(&first)) return Judge(FromGrpcStatus(reader_->Finish()));
  return Apply({first});
}

absl::StatusOr<xmpp::v1::WatchEventsRequest> ChatEventFeed::MakeRequest() {
  xmpp::v1::WatchEventsRequest request;
  request.add_kinds(xmpp::v1::EVENT_KIND_MESSAGE_RECEIVED);
  request.add_kinds(xmpp::v1::EVENT_KIND_MESSAGE_SENT);
  request.add_kinds(xmpp::v1::EVENT_KIND_ROOM_MESSAGE_RECEIVED);
  request.add_kinds(xmpp::v1::EVENT_KIND_ROOM_PRIVATE_MESSAGE_RECEIVED);
  if (from_beginning_) {
    request.set_from_beginning(true);
    return request;
  }
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    committed_token_ = transaction.chat().FeedToken();
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  request.set_resume_token(committed_token_);
  return request;
}

absl::Status ChatEventFeed::StartStream(const xmpp::v1::WatchEventsRequest& request) {
  auto channel = channel_.Get();
  if (!channel.ok()) return channel.status();
  auto context = std::make_unique<grpc::ClientContext>();
  const absl::Status attached = channel_.Attach(*context);
  if (!attached.ok()) return attached;
  stub_ = xmpp::v1::EventService::NewStub(*channel);
  MutexLock lock(mutex_);
  if (interrupted_) return absl::CancelledError("the service is stopping");
  context_ = std::move(context);
  reader_ = stub_->WatchEvents(context_.get(), request);
  return absl::OkStatus();
}

absl::Status ChatEventFeed::Judge(const absl::Status& end) {
  if (JournalHasNoSuchToken(end) && !from_beginning_) {
    LOG(ERROR) << "chat feed: xmpp-service no longer has the events after our last one ("
               << end.message()
               << "); messages may have been missed. Starting again with the oldest "
               << "event that it still has.";
    from_beginning_ = true;
  }
  if (end.ok()) return absl::UnavailableError("xmpp-service ended the stream");
  return absl::Status(end.code(), absl::StrCat("xmpp-service: ", end.message()));
}

absl::Status ChatEventFeed::Serve() {
  ResponseQueue queue;
  std::thread reading([this, &queue] {
    Response response;
    while (reader_->Read(&response) && queue.Push(std::move(response))) response.Clear();
    queue.Close();
  });
  absl::Status applied;
  while (applied.ok()) {
    const std::vector<Response> responses = queue.PopAll();
    if (responses.empty()) break;
    applied = Apply(responses);
  }
  if (!applied.ok()) {
    queue.Close();
    MutexLock lock(mutex_);
    context_->TryCancel();
  }
  reading.join();
  const absl::Status end = FromGrpcStatus(reader_->Finish());
  return applied.ok() ? Judge(end) : applied;
}

absl::Status ChatEventFeed::Apply(const std::vector<Response>& responses) {
  const std::string& token = responses.back().resume_token();
  if (responses.size() == 1 && !responses[0].has_event() && token == committed_token_) {
    return absl::OkStatus();
  }
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    for (const Response& response : responses) {
      if (!response.has_event()) continue;
      const auto event = FromProto(response.event());
      if (event.has_value()) rules_.Handle(transaction, *event);
    }
    transaction.chat().SetFeedToken(token);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  committed_token_ = token;
  from_beginning_ = false;
  return absl::OkStatus();
}

void ChatEventFeed::Close() {
  reader_.reset();
  MutexLock lock(mutex_);
  context_.reset();
}

void ChatEventFeed::Interrupt() {
  MutexLock lock(mutex_);
  interrupted_ = true;
  if (context_ != nullptr) context_->TryCancel();
}

}  // namespace chatwire::mqtt
