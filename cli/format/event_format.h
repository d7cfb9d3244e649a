#ifndef CHATWIRE_CLI_FORMAT_EVENT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_EVENT_FORMAT_H_

#include <string>

#include "chatwire/xmpp/v1/event_service.pb.h"
#include "nlohmann/json_fwd.hpp"

namespace chatwire::cli {

/// {sequence, event_id, account, create_time, kind, KIND: {...}}: what happened stands under the
/// name of its kind, with the field names of the message of that kind in event_service.proto.
nlohmann::ordered_json EventJson(const xmpp::v1::Event& event);

/// One line: `TIME  ACCOUNT  alice@example.org/phone: lamp on`.
std::string EventText(const xmpp::v1::Event& event);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_EVENT_FORMAT_H_
