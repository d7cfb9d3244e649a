#ifndef CHATWIRE_MQTT_SERVICE_FEED_RESPONSE_QUEUE_H_
#define CHATWIRE_MQTT_SERVICE_FEED_RESPONSE_QUEUE_H_

#include <condition_variable>
#include <vector>

#include "chatwire/xmpp/v1/event_service.pb.h"
#include "common/mutex.h"

namespace chatwire::mqtt {

/// Carries responses from the thread that reads the stream to the one that commits them, so that
/// what arrives during one commit shares the next. Bounded: a full queue stops the reading, and
/// gRPC's flow control then stops the sender.
class ResponseQueue {
 public:
  /// Waits while the queue is full. False: the queue was closed, @p response is dropped.
  bool Push(xmpp::v1::WatchEventsResponse response);

  /// Everything that is there; waits while nothing is. Empty: the queue was closed.
  std::vector<xmpp::v1::WatchEventsResponse> PopAll();

  /// No more will come, or is wanted.
  void Close();

 private:
  Mutex mutex_;
  std::condition_variable changed_;
  std::vector<xmpp::v1::WatchEventsResponse> responses_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_RESPONSE_QUEUE_H_
