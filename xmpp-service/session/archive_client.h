#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_

#include <QXmppClientExtension.h>
#include <QXmppError.h>

#include <QDomElement>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// Asks the account's own archive (XEP-0313, urn:xmpp:mam:2).
///
/// QXmpp's own manager drops the archive ids, and shows results of whoever sends them. This one
/// keeps the ids, and takes a result only from the account itself and for a query that runs.
class ArchiveClient final : public QXmppClientExtension {
 public:
  /// @p account: bare JID.
  explicit ArchiveClient(std::string account) : account_(std::move(account)) {}

  /// Errors: as Session::QueryArchive, without its time limit.
  void Query(const ArchiveQuery& query, Completion<ArchivePage> done);

  bool handleStanza(const QDomElement& stanza,
                    const std::optional<QXmppE2eeMetadata>& metadata) override;

 private:
  struct Running {
    std::vector<IncomingMessage> messages;
    Completion<ArchivePage> done;
  };

  void OnAnswer(const std::string& query_id, const std::variant<QDomElement, QXmppError>& answer);

  const std::string account_;
  std::map<std::string, Running> running_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_CLIENT_H_
