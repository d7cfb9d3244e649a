#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_TRANSFER_LIMIT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_TRANSFER_LIMIT_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/mutex.h"

namespace chatwire::xmpp {

/// How many files may be on their way at once, of one account and of all. Thread-safe; outlives its
/// tickets.
class TransferLimit {
 public:
  TransferLimit(size_t per_account, size_t total) : per_account_(per_account), total_(total) {}

  /// Holds a place for as long as it lives.
  class Ticket {
   public:
    Ticket(TransferLimit& limit, std::string account)
        : limit_(limit), account_(std::move(account)) {}
    ~Ticket() { limit_.Leave(account_); }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    TransferLimit& limit_;
    const std::string account_;
  };

  /// Errors: RESOURCE_EXHAUSTED/TOO_MANY_TRANSFERS.
  absl::StatusOr<std::unique_ptr<Ticket>> Enter(const std::string& account);

 private:
  void Leave(const std::string& account);

  const size_t per_account_;
  const size_t total_;
  Mutex mutex_;
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, size_t> by_account_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_TRANSFER_LIMIT_H_
