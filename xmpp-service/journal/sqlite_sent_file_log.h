#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SENT_FILE_LOG_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SENT_FILE_LOG_H_

#include <optional>
#include <string>

#include "common/clock.h"
#include "xmpp-service/domain/sent_file_log.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// The uploads of the last 24 hours in the journal's database. What it works with outlives it.
class SqliteSentFileLog final : public SentFileLog {
 public:
  SqliteSentFileLog(JournalWriter& writer, const Clock& clock) : writer_(writer), clock_(clock) {}

  void Find(const std::string& account, const std::string& request_id,
            Completion<std::optional<UploadedFile>> done) override;
  void Remember(UploadedFile file, Completion<UploadedFile> done) override;

 private:
  JournalWriter& writer_;
  const Clock& clock_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SENT_FILE_LOG_H_
