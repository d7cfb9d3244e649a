#ifndef CHATWIRE_MQTT_SERVICE_FEED_CHAT_EVENT_FEED_H_
#define CHATWIRE_MQTT_SERVICE_FEED_CHAT_EVENT_FEED_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>
#include <vector>

#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "common/mutex.h"
#include "mqtt-service/domain/chat_rules.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/feed/xmpp_channel.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// Follows xmpp-service's journal (EventService.WatchEvents). The resume token moves in the
/// transaction that holds what the events led to, so an event takes effect once, whenever either
/// service dies.
///
/// The very first start follows from now on. When the journal no longer knows our token, its oldest
/// event is the next.
class ChatEventFeed final : public Link {
 public:
  /// All arguments must outlive the feed.
  ChatEventFeed(XmppChannel& channel, Store& store, ChatRules& rules);

  absl::Status Open() override;
  absl::Status Serve() override;
  void Close() override;
  void Interrupt() override;

 private:
  using Response = xmpp::v1::WatchEventsResponse;

  absl::StatusOr<xmpp::v1::WatchEventsRequest> MakeRequest();
  absl::Status StartStream(const xmpp::v1::WatchEventsRequest& request);
  /// What to do about the end of the stream.
  absl::Status Judge(const absl::Status& end);
  absl::Status Apply(const std::vector<Response>& responses);

  XmppChannel& channel_;
  Store& store_;
  ChatRules& rules_;

  /// The journal does not know our token: start with its oldest event.
  bool from_beginning_ = false;
  /// The last token that was committed on this stream.
  std::string committed_token_;
  std::unique_ptr<xmpp::v1::EventService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<Response>> reader_;

  Mutex mutex_;
  std::unique_ptr<grpc::ClientContext> context_ ABSL_GUARDED_BY(mutex_);
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_CHAT_EVENT_FEED_H_
