#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_FILE_LOG_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_FILE_LOG_H_

#include <cstdint>
#include <optional>
#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// A file that is on the web, for the message of one `request_id`.
struct UploadedFile {
  std::string account;
  std::string request_id;
  /// The same for the same metadata.
  std::string content;
  std::string url;
  std::string file_name;
  std::string media_type;
  int64_t size_bytes = 0;
  /// 32 bytes.
  std::string sha256;
};

/// Remembers uploads for as long as their requests may be retried, so that a retry sends the same
/// message and not a second one. Thread-safe; completions as in EventLog.
class SentFileLog {
 public:
  virtual ~SentFileLog() = default;

  virtual void Find(const std::string& account, const std::string& request_id,
                    Completion<std::optional<UploadedFile>> done) = 0;

  /// The result is what is remembered: the first one, where there was one already.
  virtual void Remember(UploadedFile file, Completion<UploadedFile> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_FILE_LOG_H_
