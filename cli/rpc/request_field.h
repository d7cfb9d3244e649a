#ifndef CHATWIRE_CLI_RPC_REQUEST_FIELD_H_
#define CHATWIRE_CLI_RPC_REQUEST_FIELD_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace chatwire::cli {

/// Puts @p values, as a person types them, into the field of @p message at @p path
/// (`presence.status`). A repeated field takes all of them, another one the last. Through a
/// repeated message on the way
/// (`changes.jid`) each value makes one element; when there are elements already, they all get it.
///
/// Enums are words; times RFC 3339, a day (`2026-11-20`, local) or how long ago (`2h`); durations
/// `90s`; bytes are taken as they are. @p what names the argument in errors.
/// Errors: INVALID_ARGUMENT/USAGE.
absl::Status SetField(google::protobuf::Message& message, const std::string& path,
                      const std::vector<std::string>& values, const std::string& what);

/// A time as SetField takes it. Errors: INVALID_ARGUMENT/USAGE.
absl::Status ParseTimestamp(const std::string& text, const std::string& what,
                            google::protobuf::Message& target);

/// The field of @p type at @p path; nullptr where there is none.
const google::protobuf::FieldDescriptor* FieldAt(const google::protobuf::Descriptor* type,
                                                 const std::string& path);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_REQUEST_FIELD_H_
