#include "xmpp-service/domain/contact_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

bool SameEntry(const Contact& a, const Contact& b) {
  return std::tie(a.name, a.groups, a.subscription, a.subscription_requested) ==
         std::tie(b.name, b.groups, b.subscription, b.subscription_requested);
}

std::string ResourceOf(const std::string& address) {
  const size_t slash = address.find('/');
  return slash == std::string::npos ? std::string() : address.substr(slash + 1);
}

}  // namespace

void ContactList::Load(std::vector<Contact> contacts) {
  MutexLock lock(mutex_);
  for (Contact& contact : contacts) {
    std::string jid = contact.jid;
    contacts_[std::move(jid)] = std::move(contact);
  }
}

ContactList::Difference ContactList::Replace(std::vector<Contact> contacts) {
  Difference difference;
  std::map<std::string, Contact> fresh;
  for (Contact& contact : contacts) {
    std::string jid = contact.jid;
    fresh[std::move(jid)] = std::move(contact);
  }
  MutexLock lock(mutex_);
  for (const auto& [jid, contact] : fresh) {
    const auto known = contacts_.find(jid);
    if (known == contacts_.end() || !SameEntry(known->second, contact)) {
      difference.changed.push_back(contact);
    }
  }
  for (const auto& [jid, contact] : contacts_) {
    if (fresh.count(jid) == 0) difference.removed.push_back(jid);
  }
  contacts_ = std::move(fresh);
  return difference;
}

ContactList::Difference ContactList::Put(Contact contact) {
  MutexLock lock(mutex_);
  const auto known = contacts_.find(contact.jid);
  if (known != contacts_.end() && SameEntry(known->second, contact)) return {};
  contacts_[contact.jid] = contact;
  return {{std::move(contact)}, {}};
}

ContactList::Difference ContactList::Remove(const std::string& jid) {
  MutexLock lock(mutex_);
  shown_.erase(jid);
  if (contacts_.erase(jid) == 0) return {};
  return {{}, {jid}};
}

void ContactList::ForgetPresences() {
  MutexLock lock(mutex_);
  for (auto& [jid, resources] : shown_) {
    for (auto& [resource, shown] : resources) shown.stale = true;
  }
}

bool ContactList::SetPresence(const std::string& from, const Presence& presence) {
  const std::string jid = BareOf(from);
  const std::string resource = ResourceOf(from);
  MutexLock lock(mutex_);
  if (contacts_.count(jid) == 0) return false;
  auto& resources = shown_[jid];
  if (presence.availability == Availability::kOffline) return resources.erase(resource) > 0;
  const auto known = resources.find(resource);
  const bool news = known == resources.end() || known->second.presence != presence;
  resources[resource] = {presence, false};
  return news;
}

bool ContactList::MaySeeAccount(const std::string& jid) const {
  MutexLock lock(mutex_);
  const auto contact = contacts_.find(jid);
  return contact != contacts_.end() && (contact->second.subscription == Subscription::kFrom ||
                                        contact->second.subscription == Subscription::kBoth);
}

void ContactList::AddResources(Contact& contact) const {
  const auto shown = shown_.find(contact.jid);
  if (shown == shown_.end()) return;
  for (const auto& [resource, entry] : shown->second) {
    if (!entry.stale) contact.resources.push_back({resource, entry.presence});
  }
  std::stable_sort(contact.resources.begin(), contact.resources.end(),
                   [](const ResourcePresence& a, const ResourcePresence& b) {
                     return a.presence.priority > b.presence.priority;
                   });
}

std::optional<Contact> ContactList::Find(const std::string& jid, bool with_presences) const {
  MutexLock lock(mutex_);
  const auto found = contacts_.find(jid);
  if (found == contacts_.end()) return std::nullopt;
  Contact contact = found->second;
  if (with_presences) AddResources(contact);
  return contact;
}

std::vector<Contact> ContactList::List(const std::string& after, size_t limit,
                                       bool with_presences) const {
  std::vector<Contact> page;
  MutexLock lock(mutex_);
  for (auto it = contacts_.upper_bound(after); it != contacts_.end() && page.size() < limit; ++it) {
    Contact contact = it->second;
    if (with_presences) AddResources(contact);
    page.push_back(std::move(contact));
  }
  return page;
}

}  // namespace chatwire::xmpp
