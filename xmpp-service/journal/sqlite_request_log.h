#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_REQUEST_LOG_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_REQUEST_LOG_H_

#include <optional>
#include <string>

#include "common/clock.h"
#include "xmpp-service/domain/request_log.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// The table `request`, which the outbox uses and compacts, too.
class SqliteRequestLog final : public RequestLog {
 public:
  /// @p writer and @p clock outlive it; end what the writer still runs first.
  SqliteRequestLog(JournalWriter& writer, const Clock& clock) : writer_(writer), clock_(clock) {}

  void Begin(const std::string& account, const std::string& request_id, const std::string& content,
             Completion<bool> done) override;
  void Finish(const std::string& account, const std::string& request_id, const std::string& answer,
              Completion<bool> done) override;
  void GetAnswer(const std::string& account, const std::string& request_id,
                 Completion<std::optional<std::string>> done) override;
  void Forget(const std::string& account, const std::string& request_id,
              Completion<bool> done) override;

 private:
  JournalWriter& writer_;
  const Clock& clock_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_REQUEST_LOG_H_
