#ifndef CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFERS_H_
#define CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFERS_H_

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mqtt-service/feed/checkbox_form_offer.h"

namespace chatwire::mqtt {

/// The form "Checkboxes" in the name of every account whose chat operates checkboxes.
class CheckboxFormOffers {
 public:
  /// What all of them share. @p accounts: empty for the only account of our token.
  struct Shared {
    XmppChannel& channel;
    Store& store;
    ConfirmationWaiters& waiters;
    WorkQueue& queue;
    const CheckboxRules& rules;
    const Clock& clock;
  };

  /// Everything in @p shared must outlive the object, but for the waiters: what waits there is told
  /// of their end.
  CheckboxFormOffers(const Shared& shared, std::set<std::string> accounts,
                     const SenderPolicy& policy, absl::Duration patience) {
    if (accounts.empty()) accounts.insert("");
    for (const std::string& account : accounts) {
      links_.push_back(std::make_unique<OneLink>(
          shared, CheckboxForm(shared.rules, policy),
          CheckboxFormOffer::Options{account, policy.AllowsStrangers(), patience}));
    }
  }

  void Start() {
    for (const auto& link : links_) link->thread.Start();
  }
  void Stop() {
    for (const auto& link : links_) link->thread.Stop();
  }

 private:
  struct OneLink {
    OneLink(const Shared& shared, CheckboxForm form, CheckboxFormOffer::Options options)
        : state("checkbox form", shared.channel.target(), shared.clock),
          offer(shared.channel, shared.store, shared.waiters, shared.queue, std::move(form),
                std::move(options)) {}

    LinkState state;
    CheckboxFormOffer offer;
    LinkThread thread{offer, state, LinkBackoff()};
  };

  std::vector<std::unique_ptr<OneLink>> links_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_CHECKBOX_FORM_OFFERS_H_
