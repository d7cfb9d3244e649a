#include "xmpp-service/domain/new_file.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/sha256.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/file_name.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status CheckRecipient(NewFile& file) {
  if (file.to_room) {
    const auto room = ParseRoom(file.to);
    if (room.ok()) file.to = *room;
    return room.status();
  }
  const auto to = Jid::Parse(file.to);
  if (to.ok()) file.to = to->Full();
  return to.status();
}

}  // namespace

absl::Status CheckNewFile(NewFile& file) {
  const absl::Status recipient = CheckRecipient(file);
  if (!recipient.ok()) return recipient;
  if (!IsUuid(file.request_id)) {
    return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
  }
  file.request_id = absl::AsciiStrToLower(file.request_id);
  file.file_name = SafeFileName(file.file_name);
  if (file.file_name.empty()) return Invalid("BAD_FILE_NAME", "`file_name` names no file");
  if (file.media_type.empty()) file.media_type = MediaTypeOf(file.file_name);
  if (!IsMediaType(file.media_type)) {
    return Invalid("BAD_MEDIA_TYPE", "`media_type` is not a type such as image/png");
  }
  if (file.size_bytes <= 0) return Invalid("BAD_FILE_SIZE", "`size_bytes` is not positive");
  if (!file.sha256.empty() && file.sha256.size() != Sha256::kSize) {
    return Invalid("BAD_HASH", "`sha256` is neither empty nor 32 bytes");
  }
  if (file.caption.size() > kMaximumCaptionBytes || !IsXmlText(file.caption)) {
    return Invalid("BAD_CAPTION", absl::StrCat("`caption` is over ", kMaximumCaptionBytes,
                                               " bytes, or has a character that XML 1.0 cannot "
                                               "carry"));
  }
  return absl::OkStatus();
}

std::string ContentOf(const NewFile& file) {
  return DerivedUuid("file", absl::StrJoin({file.to, file.file_name, file.media_type,
                                            absl::StrCat(file.size_bytes), file.caption},
                                           file.to_room ? "\nroom\n" : "\n"));
}

}  // namespace chatwire::xmpp
