#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_FORM_ANSWER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_FORM_ANSWER_H_

#include "absl/status/status.h"
#include "xmpp-service/domain/data_form.h"

namespace chatwire::xmpp {

/// Whether @p answer fits @p form: every field is one of the form's, and its values are of the
/// field's type. So a typing error is named before anything has been sent.
/// Errors: INVALID_ARGUMENT with the metadata `field`: UNKNOWN_FORM_FIELD, BAD_FORM_VALUE.
absl::Status CheckFormAnswer(const DataForm& form, const DataForm& answer);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_FORM_ANSWER_H_
