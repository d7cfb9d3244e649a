#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_REQUEST_LOG_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_REQUEST_LOG_H_

#include <optional>
#include <string>

#include "common/completion.h"

namespace chatwire::xmpp {

/// Remembers for 24 hours which requests were begun, for effects that must not come twice. One
/// memory with that of the outbox. Thread-safe; completions as in EventLog.
class RequestLog {
 public:
  virtual ~RequestLog() = default;

  /// Committed before it completes. True: this is the first time. False: it was begun before with
  /// the same @p content. Errors: ALREADY_EXISTS/REQUEST_ID_REUSED.
  virtual void Begin(const std::string& account, const std::string& request_id,
                     const std::string& content, Completion<bool> done) = 0;

  /// Remembers what a request that was begun has been answered.
  virtual void Finish(const std::string& account, const std::string& request_id,
                      const std::string& answer, Completion<bool> done) = 0;

  /// What it was answered. Nothing: it was not begun, or not finished.
  virtual void GetAnswer(const std::string& account, const std::string& request_id,
                         Completion<std::optional<std::string>> done) = 0;

  /// Nothing came of it: the next one is the first again.
  virtual void Forget(const std::string& account, const std::string& request_id,
                      Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_REQUEST_LOG_H_
