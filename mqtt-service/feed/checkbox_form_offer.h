#ifndef CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFER_H_
#define CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFER_H_

#include <grpcpp/client_context.h>

#include <memory>
#include <string>
#include <vector>

#include "chatwire/xmpp/v1/command_service.grpc.pb.h"
#include "common/mutex.h"
#include "mqtt-service/domain/checkbox_form.h"
#include "mqtt-service/feed/checkbox_form_proto.h"
#include "mqtt-service/feed/xmpp_channel.h"
#include "mqtt-service/threads/confirmation_waiters.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// Offers the form "Checkboxes" in one account's name (CommandService.OfferCommands), and answers
/// each step of it. The last answer waits for the devices, as a chat message's does.
class CheckboxFormOffer final : public Link {
 public:
  struct Options {
    /// Bare JID. Empty: the only account of our token.
    std::string account;
    /// Also to people who are no contacts; the form's own policy decides who may use it.
    bool to_everybody = false;
    /// How long the last answer waits for the devices.
    absl::Duration patience = absl::Seconds(5);
  };

  /// All but @p form and @p options must outlive the offer, and the queue must be stopped before it
  /// ends.
  CheckboxFormOffer(XmppChannel& channel, Store& store, ConfirmationWaiters& waiters,
                    WorkQueue& queue, CheckboxForm form, Options options);

  absl::Status Open() override;
  absl::Status Serve() override;
  void Close() override;
  void Interrupt() override;

 private:
  using Stub = xmpp::v1::CommandService::Stub;
  using Answer = xmpp::v1::AnswerCommandRequest;
  struct Gathering;

  void Handle(const xmpp::v1::CommandRequested& requested);
  void Complete(Answer answer, const FormStep& step, Language language);
  /// On the work queue.
  void Gather(const std::shared_ptr<Gathering>& gathering);
  std::vector<FormResultLine> Lines(const std::vector<FormChange>& changes, Language language);
  void Send(const std::shared_ptr<Stub>& stub, Answer answer);

  XmppChannel& channel_;
  Store& store_;
  ConfirmationWaiters& waiters_;
  WorkQueue& queue_;
  CheckboxForm form_;
  const Options options_;

  std::shared_ptr<Stub> stub_;
  std::unique_ptr<grpc::ClientReader<xmpp::v1::OfferCommandsResponse>> reader_;

  Mutex mutex_;
  std::unique_ptr<grpc::ClientContext> context_ ABSL_GUARDED_BY(mutex_);
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFER_H_
