#ifndef CHATWIRE_XMPP_SERVICE_SESSION_VCARD_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_VCARD_XML_H_

#include <QDomElement>
#include <QLatin1StringView>
#include <QString>

#include "absl/status/statusor.h"
#include "xmpp-service/domain/profile.h"

class QXmlStreamWriter;

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kVCardNamespace("vcard-temp");

/// A picture as a vCard has it (XEP-0054, `PHOTO`).
struct VCardPhoto {
  QString mime_type;
  /// Base64.
  QString content;
};

/// Reads `<vCard/>` within the limits of Profile.
Profile ReadProfile(const QDomElement& vcard);

/// The picture in `<vCard/>`; empty where there is none.
VCardPhoto ReadPhoto(const QDomElement& vcard);

/// Parses `Profile::other_xml`: the elements are the children of what is returned. Errors:
/// BAD_PROFILE when it is not well-formed, nested too deeply, of another namespace, or has an
/// element that is a field of Profile.
absl::StatusOr<QDomElement> ParseOtherXml(const std::string& xml);

/// @p profile with @p other and @p photo as `<vCard/>`.
void WriteVCard(QXmlStreamWriter& writer, const Profile& profile, const QDomElement& other,
                const VCardPhoto& photo);

/// A copy of @p vcard with @p photo in place of the one that it has.
void WriteVCardWithPhoto(QXmlStreamWriter& writer, const QDomElement& vcard,
                         const VCardPhoto& photo);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_VCARD_XML_H_
