#include "mqtt-service/rpc/broker_service.h"

#include <utility>

#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "mqtt-service/rpc/answer.h"

namespace chatwire::mqtt {
namespace {

constexpr char kScope[] = "broker";
constexpr char kPublishScope[] = "broker.publish";
constexpr char kSubscribeScope[] = "broker.subscribe";

v1::LinkStatus ToProto(const LinkStatus& status) {
  v1::LinkStatus proto;
  proto.set_connected(status.connected);
  *proto.mutable_state_time() = chatwire::ToProto(status.state_time);
  proto.set_error_message(status.error_message);
  proto.set_target(status.target);
  return proto;
}

}  // namespace

BrokerService::BrokerService(Authenticator& authenticator, Store& store, Links links,
                             PublishOperation& publish, SubscribeStreams& streams,
                             MessageSourceFactory make_source, WorkQueue& queue)
    : authenticator_(authenticator),
      store_(store),
      links_(links),
      publish_(publish),
      streams_(streams),
      make_source_(std::move(make_source)),
      queue_(queue) {}

grpc::ServerUnaryReactor* BrokerService::GetStatus(grpc::CallbackServerContext* context,
                                                   const v1::GetStatusRequest* /*request*/,
                                                   v1::GetStatusResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this] { return Status(); });
}

grpc::ServerUnaryReactor* BrokerService::Publish(grpc::CallbackServerContext* context,
                                                 const v1::PublishRequest* request,
                                                 v1::PublishResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kPublishScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  auto* reactor = context->DefaultReactor();
  queue_.Post([this, request, done = FinishWith(reactor, response)]() mutable {
    publish_.Publish(*request, std::move(done));
  });
  return reactor;
}

grpc::ServerWriteReactor<v1::SubscribeResponse>* BrokerService::Subscribe(
    grpc::CallbackServerContext* context, const v1::SubscribeRequest* request) {
  const auto caller = Authorize(*context, authenticator_, kSubscribeScope);
  return SubscribeStream::Start(*request, caller.status(), make_source_, streams_, queue_);
}

absl::StatusOr<v1::GetStatusResponse> BrokerService::Status() {
  v1::GetStatusResponse response;
  *response.mutable_publisher() = ToProto(links_.publisher.Get());
  *response.mutable_subscriber() = ToProto(links_.subscriber.Get());
  *response.mutable_api_publisher() = ToProto(links_.api_publisher.Get());
  *response.mutable_echo() = ToProto(links_.echo.Get());
  *response.mutable_chat_feed() = ToProto(links_.chat_feed.Get());
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    response.set_outbox_count(transaction.outbox().Count());
    response.set_owed_reply_count(transaction.chat().OwedCount());
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return response;
}

}  // namespace chatwire::mqtt
