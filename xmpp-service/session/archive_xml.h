#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_XML_H_

#include <QDomElement>
#include <QXmlStreamWriter>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "xmpp-service/domain/archive_port.h"

namespace chatwire::xmpp {

/// The namespace of XEP-0313 and of XEP-0441.
inline constexpr QLatin1StringView kArchiveNamespace("urn:xmpp:mam:2");

/// What an archive is asked.
struct ArchiveQuestion {
  /// Bare JID of the archive. Empty: the own account.
  std::string archive;
  std::string with;
  std::optional<absl::Time> start;
  std::optional<absl::Time> end;
  size_t maximum = 0;
  /// Result Set Management (XEP-0059). `before` may be there and empty: the last page.
  std::optional<std::string> after;
  std::optional<std::string> before;
};

/// `<query/>` (XEP-0313, section 4.1).
void WriteArchiveQuery(QXmlStreamWriter& xml, const std::string& query_id,
                       const ArchiveQuestion& question);

/// `<prefs/>` (XEP-0441), as a request and with content.
void WritePreferencesRequest(QXmlStreamWriter& xml);
void WritePreferences(QXmlStreamWriter& xml, const ArchivePreferences& preferences);

/// Errors: UNAVAILABLE/BAD_ANSWER.
absl::StatusOr<ArchivePreferences> ReadPreferences(const QDomElement& prefs);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ARCHIVE_XML_H_
