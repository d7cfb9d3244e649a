#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_

#include <QDomElement>
#include <functional>
#include <map>
#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/archive_port.h"
#include "xmpp-service/domain/session.h"
#include "xmpp-service/session/archive_xml.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Asks archives (XEP-0313, urn:xmpp:mam:2): the account's own, and those of rooms.
///
/// QXmpp's own manager drops the archive ids, and shows results of whoever sends them. This one
/// keeps the ids, and takes a result only from the archive that was asked and for a query that
/// runs, and no more of them than were asked for.
class ArchiveClient final : public SessionPart, public ArchivePort {
 public:
  explicit ArchiveClient(Stream& stream) : stream_(stream) {}

  void Query(const ArchiveQuery& query, Completion<ArchivePage> done) override;
  void Search(const ArchiveSearch& search, Completion<ArchiveSlice> done) override;
  void GetPreferences(Completion<ArchivePreferences> done) override;
  void SetPreferences(const ArchivePreferences& preferences,
                      Completion<ArchivePreferences> done) override;

  bool OnStanza(const QDomElement& stanza) override;

 private:
  struct Running {
    /// Bare JID.
    std::string archive;
    /// Results that are still taken.
    size_t left = 0;
    /// There were more than were asked for.
    bool cut = false;
    std::function<void(const QDomElement& result)> take;
  };
  struct Answer {
    QDomElement fin;
    bool complete = false;
  };

  /// Completes after every result has been taken.
  void Ask(ArchiveQuestion question, std::function<void(const QDomElement&)> take,
           Completion<Answer> done);

  /// Completes with @p empty, or NOT_FOUND/XMPP_ITEM_NOT_FOUND when the archive does not have the
  /// message behind which @p search was to go on: Prosody shows an empty page then.
  void CheckPlace(const ArchiveSearch& search, ArchiveSlice empty, Completion<ArchiveSlice> done);
  /// Completes with the archive id of the first message, "" where there is none.
  void AskOne(ArchiveQuestion question, Completion<std::string> done);

  Stream& stream_;
  /// By query id.
  std::map<std::string, Running> running_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_
