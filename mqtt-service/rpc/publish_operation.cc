#include "mqtt-service/rpc/publish_operation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/uuid.h"
#include "mqtt-service/domain/idempotency.h"
#include "mqtt-service/wire/broker_proto.h"

namespace chatwire::mqtt {

PublishOperation::PublishOperation(Store& store, MessagePublisher& publisher, const Topics& topics,
                                   const Clock& clock, WorkQueue& queue)
    : store_(store), publisher_(publisher), topics_(topics), clock_(clock), queue_(queue) {}

void PublishOperation::Publish(const v1::PublishRequest& request, Done done) {
  const std::string& id = request.request_id();
  const absl::Status good = CheckRequestId(id);
  if (!good.ok()) return done(good);
  const auto message = FromProto(request.message());
  if (!message.ok()) return done(message.status());
  if (topics_.IsReserved(message->topic)) {
    return done(MakeError(absl::StatusCode::kPermissionDenied, {kErrorDomain, "TOPIC_RESERVED"},
                          absl::StrCat("only the service itself publishes to ", message->topic,
                                       "; to operate a checkbox use SetCheckbox or its `set` "
                                       "topic")));
  }
  const std::string content = absl::StrCat(
      "publish ", DerivedUuid("chatwire-mqtt-publish", request.message().SerializeAsString()));
  const auto published = WasPublished(id, content);
  if (!published.ok()) return done(published.status());
  if (*published) {
    v1::PublishResponse response;
    response.set_replayed(true);
    return done(response);
  }
  if (!running_.insert(id).second) {
    return done(MakeError(absl::StatusCode::kAborted, {kErrorDomain, "REQUEST_IN_PROGRESS"},
                          "a call with this `request_id` has not ended yet; wait for it"));
  }
  publisher_.Publish(*message, Completion<bool>([this, id, content, done = std::move(done)](
                                                    absl::StatusOr<bool> result) mutable {
    queue_.Post([this, id, content, result, done = std::move(done)]() mutable {
      done(Finish(id, content, result));
    });
  }));
}

absl::StatusOr<bool> PublishOperation::WasPublished(const std::string& request_id,
                                                    const std::string& content) {
  bool found = false;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request_id, content);
    found = earlier.ok() && earlier->has_value();
    return earlier.status();
  });
  if (!status.ok()) return status;
  return found;
}

absl::StatusOr<v1::PublishResponse> PublishOperation::Finish(
    const std::string& request_id, const std::string& content,
    const absl::StatusOr<bool>& published) {
  running_.erase(request_id);
  if (!published.ok()) return published.status();
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    transaction.requests().Add({request_id, content, "", clock_.Now()});
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return v1::PublishResponse();
}

}  // namespace chatwire::mqtt
