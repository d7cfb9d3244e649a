#ifndef CHATWIRE_XMPP_SERVICE_SESSION_DATA_FORM_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_DATA_FORM_XML_H_

#include <QLatin1StringView>
#include <optional>

#include "xmpp-service/domain/data_form.h"

class QDomElement;
class QXmlStreamWriter;

namespace chatwire::xmpp {

inline constexpr QLatin1StringView kDataFormNamespace("jabber:x:data");

/// Reads the first data form (XEP-0004, with XEP-0122 and XEP-0221) that is a child of @p parent.
/// The form is a stranger's: what goes beyond the limits of DataForm is left out. Data of `cid:`
/// URIs is taken from `<data/>` beside the form (XEP-0231).
std::optional<DataForm> FindDataForm(const QDomElement& parent);

/// @p form as `<x xmlns='jabber:x:data'/>`. The form is within the limits (CheckDataForm).
void WriteDataForm(QXmlStreamWriter& writer, const DataForm& form);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_DATA_FORM_XML_H_
