#include "xmpp-service/domain/roster_editor.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/roster_port.h"

namespace chatwire::xmpp {
namespace {

using Agent = RosterEditor::Agent;

bool SeesContact(const Contact& contact) {
  return contact.subscription == Subscription::kTo || contact.subscription == Subscription::kBoth;
}

/// Runs @p use on the account's executor with its roster; completes @p done where there is none.
template <typename T, typename Use>
void WithRoster(const Agent& agent, Completion<T> done, Use use) {
  agent->UseSession([account = agent->account(), done = std::move(done),
                     use = std::move(use)](absl::StatusOr<Session*> session) mutable {
    if (!session.ok()) {
      done(session.status());
    } else if (RosterPort* roster = (*session)->ports().roster; roster == nullptr) {
      done(SessionOffline(account));
    } else {
      use(*roster, std::move(done));
    }
  });
}

/// The server has taken @p contact: readers see it from now on, also before the server's push.
Contact TakeOver(AccountAgent& agent, const Contact& contact) {
  // The push may be here already, and know more.
  const auto known = agent.contacts().Find(contact.jid, /*with_presences=*/true);
  Contact merged = known.value_or(contact);
  merged.name = contact.name;
  merged.groups = contact.groups;
  agent.OnContactChanged(merged);
  return merged;
}

}  // namespace

void RosterEditor::Add(const Agent& agent, const NewContact& wanted, Completion<Contact> done) {
  const auto known = agent->contacts().Find(wanted.jid, /*with_presences=*/true);
  if (known.has_value() && (known->name != wanted.name || known->groups != wanted.groups)) {
    done(Error(absl::StatusCode::kAlreadyExists, "CONTACT_EXISTS",
               absl::StrCat(wanted.jid,
                            " is a contact with another name or other groups; use "
                            "UpdateContact")));
    return;
  }
  Contact contact;
  contact.jid = wanted.jid;
  contact.name = wanted.name;
  contact.groups = wanted.groups;
  auto subscribe = [agent, wanted](Contact added, Completion<Contact> finished) mutable {
    const bool ask =
        wanted.request_subscription && !SeesContact(added) && !added.subscription_requested;
    if (!ask) {
      finished(std::move(added));
      return;
    }
    WithRoster(
        agent, std::move(finished),
        [added = std::move(added), wanted](RosterPort& roster, Completion<Contact> asked) mutable {
          added.subscription_requested = true;
          roster.SendSubscription(
              SubscriptionStanza::kSubscribe, wanted.jid, wanted.message,
              Completion<bool>(
                  [added = std::move(added), asked = std::move(asked)](const auto& sent) mutable {
                    asked(sent.ok() ? absl::StatusOr<Contact>(std::move(added)) : sent.status());
                  }));
        });
  };
  if (known.has_value()) {
    subscribe(*known, std::move(done));
    return;
  }
  WithRoster(agent, std::move(done),
             [agent, contact, subscribe](RosterPort& roster, Completion<Contact> finished) {
               roster.Put(
                   contact.jid, contact.name, contact.groups,
                   Completion<bool>([agent, contact, subscribe,
                                     finished = std::move(finished)](const auto& put) mutable {
                     if (put.ok()) {
                       subscribe(TakeOver(*agent, contact), std::move(finished));
                     } else {
                       finished(put.status());
                     }
                   }));
             });
}

void RosterEditor::Update(const Agent& agent, ContactUpdate update, Completion<Contact> done) {
  auto contact = agent->contacts().Find(update.jid, /*with_presences=*/true);
  if (!contact.has_value()) {
    done(ContactNotFound(update.jid));
    return;
  }
  if (update.name.has_value()) contact->name = *update.name;
  if (update.groups.has_value()) contact->groups = *update.groups;
  WithRoster(agent, std::move(done),
             [agent, contact = *contact](RosterPort& roster, Completion<Contact> finished) {
               roster.Put(contact.jid, contact.name, contact.groups,
                          Completion<bool>([agent, contact, finished = std::move(finished)](
                                               const auto& put) mutable {
                            finished(put.ok() ? absl::StatusOr<Contact>(TakeOver(*agent, contact))
                                              : put.status());
                          }));
             });
}

void RosterEditor::Remove(const Agent& agent, const std::string& jid, bool allow_missing,
                          Completion<bool> done) {
  if (!agent->contacts().Find(jid, /*with_presences=*/false).has_value()) {
    done(allow_missing ? absl::StatusOr<bool>(true) : ContactNotFound(jid));
    return;
  }
  WithRoster(agent, std::move(done), [agent, jid](RosterPort& roster, Completion<bool> finished) {
    roster.Remove(jid, Completion<bool>(
                           [agent, jid, finished = std::move(finished)](const auto& gone) mutable {
                             if (gone.ok()) agent->OnContactRemoved(jid);
                             finished(gone);
                           }));
  });
}

void RosterEditor::RequestSubscription(const Agent& agent, const std::string& jid,
                                       const std::string& message, Completion<bool> done) {
  if (!agent->contacts().Find(jid, /*with_presences=*/false).has_value()) {
    done(ContactNotFound(jid));
    return;
  }
  WithRoster(agent, std::move(done), [jid, message](RosterPort& roster, Completion<bool> finished) {
    roster.SendSubscription(SubscriptionStanza::kSubscribe, jid, message, std::move(finished));
  });
}

void RosterEditor::Accept(const Agent& agent, const std::string& jid, bool reciprocate,
                          Completion<bool> done) {
  AnswerRequest(agent, jid, SubscriptionStanza::kSubscribed, reciprocate, std::move(done));
}

void RosterEditor::Deny(const Agent& agent, const std::string& jid, Completion<bool> done) {
  AnswerRequest(agent, jid, SubscriptionStanza::kUnsubscribed, /*reciprocate=*/false,
                std::move(done));
}

void RosterEditor::AnswerRequest(const Agent& agent, const std::string& jid,
                                 SubscriptionStanza stanza, bool reciprocate,
                                 Completion<bool> done) {
  auto forget = [this, agent, jid](Completion<bool> finished) {
    requests_.Remove(agent->account(), jid, std::move(finished));
  };
  auto send = [agent, jid, stanza, reciprocate, forget](RosterPort& roster,
                                                        Completion<bool> finished) {
    const auto contact = agent->contacts().Find(jid, /*with_presences=*/false);
    const bool known =
        contact.has_value() && (SeesContact(*contact) || contact->subscription_requested);
    // In order, so the answer behind the last one says that all have arrived.
    auto last =
        Completion<bool>([forget, finished = std::move(finished)](const auto& sent) mutable {
          if (sent.ok()) {
            forget(std::move(finished));
          } else {
            finished(sent);
          }
        });
    if (reciprocate && !known) {
      roster.SendSubscription(stanza, jid, "", {});
      roster.SendSubscription(SubscriptionStanza::kSubscribe, jid, "", std::move(last));
    } else {
      roster.SendSubscription(stanza, jid, "", std::move(last));
    }
  };
  requests_.Contains(
      agent->account(), jid,
      Completion<bool>([agent, jid, send, done = std::move(done)](const auto& waits) mutable {
        if (!waits.ok()) {
          done(waits);
        } else if (!*waits) {
          done(Error(absl::StatusCode::kNotFound, "SUBSCRIPTION_REQUEST_NOT_FOUND",
                     absl::StrCat(jid, " does not wait for an answer")));
        } else {
          WithRoster(agent, std::move(done), send);
        }
      }));
}

void RosterEditor::Cancel(const Agent& agent, const std::string& jid, SubscriptionStanza stanza,
                          Completion<bool> done) {
  if (!agent->contacts().Find(jid, /*with_presences=*/false).has_value()) {
    done(ContactNotFound(jid));
    return;
  }
  WithRoster(agent, std::move(done), [jid, stanza](RosterPort& roster, Completion<bool> finished) {
    roster.SendSubscription(stanza, jid, "", std::move(finished));
  });
}

}  // namespace chatwire::xmpp
