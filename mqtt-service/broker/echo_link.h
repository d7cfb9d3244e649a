#ifndef CHATWIRE_MQTT_SERVICE_BROKER_ECHO_LINK_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_ECHO_LINK_H_

#include "mqtt-service/broker/echo_fence.h"
#include "mqtt-service/broker/paho_subscriber.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// The connection on which our own commands come back, and what it tells the fence.
class EchoLink final : public Link {
 public:
  /// @p store and @p fence must outlive the link.
  EchoLink(const BrokerOptions& options, const Topics& topics, Store& store, EchoFence& fence)
      : fence_(fence),
        subscriber_(
            options, "echo", topics.EchoFilters(), DeviceSubscriptions(store, DeviceLink::kEcho),
            [&fence](const InboundMessage& message) { fence.Handle(message); },
            [this] { new_session_ = true; }) {}

  /// Of devices: where commands are published.
  PahoSubscriber& subscriber() { return subscriber_; }

  absl::Status Open() override {
    new_session_ = false;
    const absl::Status opened = subscriber_.Open();
    if (opened.ok()) {
      fence_.LinkUp(new_session_);
    } else {
      fence_.LinkDown(opened);
    }
    return opened;
  }
  absl::Status Serve() override { return subscriber_.Serve(); }
  void Close() override {
    subscriber_.Close();
    fence_.LinkDown(absl::UnavailableError("closed"));
  }
  void Interrupt() override { subscriber_.Interrupt(); }

 private:
  EchoFence& fence_;
  PahoSubscriber subscriber_;
  /// Used by the link's thread only.
  bool new_session_ = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_ECHO_LINK_H_
