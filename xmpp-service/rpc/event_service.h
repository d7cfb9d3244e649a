#ifndef CHATWIRE_XMPP_SERVICE_RPC_EVENT_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_EVENT_SERVICE_H_

#include <map>
#include <memory>

#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "common/mutex.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/rpc/watch_reactor.h"

namespace chatwire::xmpp {

/// The event log over gRPC; what the call does stands in event_service.proto.
class EventService final : public v1::EventService::CallbackService {
 public:
  explicit EventService(const ServiceContext& context) : context_(context) {}

  grpc::ServerWriteReactor<v1::WatchEventsResponse>* WatchEvents(
      grpc::CallbackServerContext* context, const v1::WatchEventsRequest* request) override;

  /// Ends every stream, also those to come, with UNAVAILABLE/SHUTTING_DOWN.
  void Shutdown();

 private:
  absl::StatusOr<WatchReactor::Options> Check(const grpc::CallbackServerContext& context,
                                              const v1::WatchEventsRequest& request);
  absl::StatusOr<int64_t> StartOf(const v1::WatchEventsRequest& request) const;

  const ServiceContext context_;
  Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<WatchReactor*, std::weak_ptr<WatchReactor>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_EVENT_SERVICE_H_
