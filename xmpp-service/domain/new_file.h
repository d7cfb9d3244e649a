#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_NEW_FILE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_NEW_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace chatwire::xmpp {

/// Most bytes of a description that is sent or reported.
inline constexpr size_t kMaximumCaptionBytes = 4096;

/// A file that somebody wants to have sent.
struct NewFile {
  std::string account;
  /// A JID; where `to_room`, that of a room.
  std::string to;
  std::string file_name;
  std::string media_type;
  int64_t size_bytes = 0;
  /// Empty or 32 bytes.
  std::string sha256;
  std::string caption;
  std::string request_id;
  bool to_room = false;
};

/// Checks it, and brings what compares equal into one form: a safe name, a media type.
/// Errors: those of FileService.SendFile that begin with `BAD_`.
absl::Status CheckNewFile(NewFile& file);

/// The same for the same file to the same recipient, as far as the metadata tells. @p file is
/// checked.
std::string ContentOf(const NewFile& file);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_NEW_FILE_H_
