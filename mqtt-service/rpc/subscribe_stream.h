#ifndef CHATWIRE_MQTT_SERVICE_RPC_SUBSCRIBE_STREAM_H_
#define CHATWIRE_MQTT_SERVICE_RPC_SUBSCRIBE_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "common/mutex.h"
#include "mqtt-service/domain/message_port.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

class SubscribeStream;

/// The subscriptions that are open. On the work queue's thread, but for Shutdown.
class SubscribeStreams {
 public:
  /// @p queue must outlive the object.
  explicit SubscribeStreams(WorkQueue& queue) : queue_(queue) {}

  /// Error: RESOURCE_EXHAUSTED/TOO_MANY_STREAMS, UNAVAILABLE/SHUTTING_DOWN.
  absl::Status Add(const std::shared_ptr<SubscribeStream>& stream);
  void Remove(const std::shared_ptr<SubscribeStream>& stream);

  /// Ends every subscription with UNAVAILABLE/SHUTTING_DOWN, and each that comes later.
  /// Thread-safe.
  void Shutdown();

 private:
  WorkQueue& queue_;
  std::set<std::shared_ptr<SubscribeStream>> streams_;
  bool shut_down_ = false;
};

/// One BrokerService.Subscribe call: what comes from the broker waits here, within bounds, for the
/// caller to take it.
///
/// gRPC's reactions and the source's events only post; everything else runs on the work queue's
/// thread. Owns itself until gRPC is done with it.
class SubscribeStream final : public grpc::ServerWriteReactor<v1::SubscribeResponse>,
                              public std::enable_shared_from_this<SubscribeStream> {
 public:
  /// Answers by itself from now on: with @p refusal where that is an error.
  static grpc::ServerWriteReactor<v1::SubscribeResponse>* Start(
      const v1::SubscribeRequest& request, const absl::Status& refusal,
      const MessageSourceFactory& make_source, SubscribeStreams& streams, WorkQueue& queue);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  /// On the work queue's thread.
  void End(const absl::Status& status);

 private:
  SubscribeStream(SubscribeStreams& streams, WorkQueue& queue) : streams_(streams), queue_(queue) {}

  void Begin(const v1::SubscribeRequest& request, const MessageSourceFactory& make_source);
  absl::Status ReadRequest(const v1::SubscribeRequest& request);
  MessageSource::Events MakeEvents();
  /// On the source's threads.
  void Receive(MqttMessage message);
  /// Writes the next response if there is one and none is being written.
  void Advance();
  void Write(v1::SubscribeResponse response);
  void ArmHeartbeat();
  void Heartbeat();

  SubscribeStreams& streams_;
  WorkQueue& queue_;
  std::shared_ptr<SubscribeStream> self_;

  /// What came and was not looked at yet; filled by the source's threads.
  Mutex mutex_;
  std::deque<MqttMessage> arrived_ ABSL_GUARDED_BY(mutex_);
  size_t arrived_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool too_slow_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<TopicFilter> filters_;
  absl::Duration heartbeat_;
  std::unique_ptr<MessageSource> source_;
  /// The acceptance, which goes before every message.
  std::deque<v1::SubscribeResponse> waiting_;
  bool accepted_ = false;
  v1::SubscribeResponse current_;
  absl::Time last_write_;
  bool writing_ = false;
  bool ending_ = false;
  bool finished_ = false;
  absl::Status end_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_SUBSCRIBE_STREAM_H_
