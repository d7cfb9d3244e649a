#ifndef CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_WATCH_H_
#define CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_WATCH_H_

#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/rpc/watch_hub.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// One WatchCheckboxes call. It pulls from the store by change sequence, a few rows at a time, when
/// the last response is written: the store is the buffer, so a slow reader costs no memory.
///
/// gRPC's reactions only post; everything else runs on the work queue's thread. Owns itself until
/// gRPC is done with it.
class CheckboxWatch final : public grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>,
                            public Watcher,
                            public std::enable_shared_from_this<CheckboxWatch> {
 public:
  /// Starts a watch, which answers by itself from now on. @p request is not kept.
  static grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* Start(
      const v1::WatchCheckboxesRequest& request, Store& store, WorkQueue& queue, WatchHub& hub);

  /// A call that was refused before it began.
  static grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* Refuse(const absl::Status& status,
                                                                       Store& store,
                                                                       WorkQueue& queue,
                                                                       WatchHub& hub);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // Watcher, on the work queue's thread.
  void Changed() override;
  void End(const absl::Status& status) override;

 private:
  CheckboxWatch(Store& store, WorkQueue& queue, WatchHub& hub);

  void Begin(const v1::WatchCheckboxesRequest& request);
  absl::Status ReadRequest(const v1::WatchCheckboxesRequest& request);
  /// Writes the next response if there is one and none is being written.
  void Advance();
  absl::Status Pull();
  void Add(const Checkbox& checkbox);
  void Write(v1::WatchCheckboxesResponse response);
  void ArmHeartbeat();
  void Heartbeat();

  Store& store_;
  WorkQueue& queue_;
  WatchHub& hub_;
  std::shared_ptr<CheckboxWatch> self_;

  std::set<std::string> names_;
  absl::Duration heartbeat_;
  int64_t sequence_ = 0;
  /// Deleted checkboxes up to here are left out: the caller never heard of them.
  int64_t skip_deleted_until_ = 0;
  int64_t initial_end_ = 0;
  bool initial_done_ = false;
  std::deque<v1::WatchCheckboxesResponse> waiting_;
  v1::WatchCheckboxesResponse current_;
  absl::Time last_write_;
  bool writing_ = false;
  bool finished_ = false;
  /// Set when the call has to end as soon as nothing is being written.
  bool ending_ = false;
  absl::Status end_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_WATCH_H_
