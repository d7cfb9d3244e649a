#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_LIST_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_LIST_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/mutex.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

/// An account's contacts with what their resources show, in memory. Thread-safe.
class ContactList {
 public:
  /// What a new roster changes.
  struct Difference {
    std::vector<Contact> changed;
    std::vector<std::string> removed;
  };

  /// Takes over @p contacts as they were stored.
  void Load(std::vector<Contact> contacts);
  /// Takes over the whole roster, or one entry, and tells what is different.
  Difference Replace(std::vector<Contact> contacts);
  Difference Put(Contact contact);
  Difference Remove(const std::string& jid);

  /// A new stream begins: nothing is known of anybody's presence, until it comes again.
  void ForgetPresences();
  /// Takes over the presence of the full JID @p from. Whether it is news about a contact.
  bool SetPresence(const std::string& from, const Presence& presence);

  /// Whether @p jid (bare) may see the account's presence.
  bool MaySeeAccount(const std::string& jid) const;

  /// The contact @p jid (bare), if there is one.
  std::optional<Contact> Find(const std::string& jid, bool with_presences) const;

  /// At most @p limit contacts with a JID above @p after, in order of JID.
  std::vector<Contact> List(const std::string& after, size_t limit, bool with_presences) const;

 private:
  struct Shown {
    Presence presence;
    /// From an earlier stream.
    bool stale = false;
  };

  void AddResources(Contact& contact) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  std::map<std::string, Contact> contacts_ ABSL_GUARDED_BY(mutex_);
  /// By bare JID and resource.
  std::map<std::string, std::map<std::string, Shown>> shown_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CONTACT_LIST_H_
