#include "xmpp-service/domain/room_privilege.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {

absl::Status ExplainRefusal(const absl::Status& status, const char* needs) {
  if (!IsStanzaError(status, "forbidden") && !IsStanzaError(status, "not-allowed") &&
      !IsStanzaError(status, "registration-required")) {
    return status;
  }
  ErrorMetadata metadata = MetadataOf(status);
  metadata["needs"] = needs;
  std::string message =
      absl::StrCat("the room refused (", metadata["condition"], "); this wants at least: ", needs);
  if (const auto text = metadata.find("text"); text != metadata.end()) {
    absl::StrAppend(&message, "; it says: ", text->second);
  }
  return MakeError(absl::StatusCode::kPermissionDenied, {"xmpp.chatwire", "ROOM_PRIVILEGE_NEEDED"},
                   message, metadata);
}

absl::Status ExplainOccupantRefusal(const absl::Status& status, const char* needs) {
  return IsStanzaError(status, "not-acceptable") ? NotInRoom() : ExplainRefusal(status, needs);
}

absl::Status NotInRoom() {
  return Error(absl::StatusCode::kNotFound, "NOT_IN_ROOM",
               "the account is not in the room; call JoinRoom first");
}

}  // namespace chatwire::xmpp
