#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_PORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// Which messages of an archive (XEP-0313) are wanted.
struct ArchiveSearch {
  /// Bare JID of a room. Empty: the account's own archive.
  std::string archive;
  /// JID of the other side. Empty: everybody.
  std::string peer;
  /// Archived at this time or later.
  std::optional<absl::Time> start;
  /// Archived at this time or before.
  std::optional<absl::Time> end;
  bool newest_first = true;
  /// Only what comes behind the message with this archive id, in the order that is asked for.
  /// Empty: from the end of the archive where that order begins.
  std::string behind;
  size_t limit = 50;
  /// Fill ArchivedMessage::xml.
  bool with_xml = false;
};

/// A message as an archive holds it, cut to what the service keeps of one.
struct ArchivedMessage {
  /// The numbers are those of the API.
  enum class Type { kChat = 1, kGroupchat = 2, kNormal = 3, kHeadline = 4 };

  Type type = Type::kNormal;
  bool outgoing = false;
  std::string from;
  std::string to;
  std::string body;
  bool body_truncated = false;
  std::string subject;
  std::string thread;
  std::string message_id;
  std::string archive_id;
  /// When the archive got it, or the time that the message itself bears. Not set: it is not known.
  std::optional<absl::Time> time;
  /// The `message_id` of the message that it corrects (XEP-0308).
  std::string replaces_id;
  std::string xml;
};

/// A page of an archive.
struct ArchiveSlice {
  /// In the order that was asked for.
  std::vector<ArchivedMessage> messages;
  /// ArchiveSearch::behind for the next page. Empty: there is none.
  std::string next;
  /// Of all messages that match, where the archive tells it.
  std::optional<int64_t> total;
};

/// What the server archives (XEP-0441).
struct ArchivePreferences {
  /// The numbers are those of the API.
  enum class Default { kAlways = 1, kNever = 2, kRoster = 3 };

  Default fallback = Default::kAlways;
  std::vector<std::string> always;
  std::vector<std::string> never;
};

/// The account's archive and those of rooms. Errors: `NO_ARCHIVE`, `BAD_ANSWER`, and those of a
/// request (domain/stanza_status.h).
class ArchivePort {
 public:
  virtual ~ArchivePort() = default;

  /// As Session::QueryArchive, for the catch-up.
  virtual void Query(const ArchiveQuery& query, Completion<ArchivePage> done) = 0;

  virtual void Search(const ArchiveSearch& search, Completion<ArchiveSlice> done) = 0;

  virtual void GetPreferences(Completion<ArchivePreferences> done) = 0;

  /// Completes with what the server has then.
  virtual void SetPreferences(const ArchivePreferences& preferences,
                              Completion<ArchivePreferences> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ARCHIVE_PORT_H_
