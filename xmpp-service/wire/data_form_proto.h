#ifndef CHATWIRE_XMPP_SERVICE_WIRE_DATA_FORM_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_DATA_FORM_PROTO_H_

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/data_form.pb.h"
#include "xmpp-service/domain/data_form.h"

namespace chatwire::xmpp {

/// A data form as the API shows it.
v1::DataForm ToProto(const DataForm& form);

/// And back, checked against the limits. Errors: BAD_FORM.
absl::StatusOr<DataForm> FromProto(const v1::DataForm& proto);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_DATA_FORM_PROTO_H_
