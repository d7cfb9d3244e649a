#include "xmpp-service/domain/subscription_inbox.h"

#include <utility>

#include "absl/log/log.h"

namespace chatwire::xmpp {
namespace {

Completion<bool> Logged(const std::string& account) {
  return Completion<bool>([account](const auto& stored) {
    if (stored.ok()) return;
    LOG(ERROR) << account << ": a subscription cannot be stored: " << stored.status();
  });
}

}  // namespace

SubscriptionInbox::SubscriptionInbox(std::string account, const ContactList& contacts,
                                     SubscriptionStore& store, const Clock& clock,
                                     Executor& executor, Journal journal)
    : account_(std::move(account)),
      contacts_(contacts),
      store_(store),
      clock_(clock),
      journal_(std::move(journal)),
      lifeline_(executor) {}

void SubscriptionInbox::OnStanza(const IncomingSubscription& in) {
  if (in.stanza == SubscriptionStanza::kSubscribe) {
    Keep(in);
    return;
  }
  const bool is_contact = contacts_.Find(in.from, /*with_presences=*/false).has_value();
  if (in.stanza == SubscriptionStanza::kUnsubscribe) {
    const SubscriptionChanged change{in.from, SubscriptionChange::kGivenUp, in.message};
    if (is_contact) {
      store_.Remove(account_, in.from, Logged(account_));
      journal_(change);
    } else {
      store_.Withdraw(account_, change, Logged(account_));
    }
    return;
  }
  // Answers that nobody has asked for are no news.
  if (!is_contact) return;
  const bool accepted = in.stanza == SubscriptionStanza::kSubscribed;
  journal_(SubscriptionChanged{
      in.from, accepted ? SubscriptionChange::kAccepted : SubscriptionChange::kRefused,
      in.message});
}

void SubscriptionInbox::Keep(const IncomingSubscription& in) {
  if (contacts_.MaySeeAccount(in.from) || in_flight_ >= kMaximumInFlight) return;
  ++in_flight_;
  store_.Add(account_, {in.from, in.message, in.nickname, clock_.Now()},
             lifeline_.Bind<bool>([this](const auto& added) {
               --in_flight_;
               if (!added.ok()) {
                 LOG(ERROR) << account_ << ": a request cannot be stored: " << added.status();
               }
             }));
}

void SubscriptionInbox::OnContacts(const std::vector<Contact>& changed) {
  for (const Contact& contact : changed) {
    if (contact.subscription == Subscription::kFrom ||
        contact.subscription == Subscription::kBoth) {
      store_.Remove(account_, contact.jid, Logged(account_));
    }
  }
}

}  // namespace chatwire::xmpp
