#include "xmpp-service/domain/transfer_limit.h"

#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {

absl::StatusOr<std::unique_ptr<TransferLimit::Ticket>> TransferLimit::Enter(
    const std::string& account) {
  MutexLock lock(mutex_);
  size_t& of_account = by_account_[account];
  if (running_ >= total_ || of_account >= per_account_) {
    if (of_account == 0) by_account_.erase(account);
    return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_TRANSFERS",
                 "as many files as are allowed are on their way already; try again later");
  }
  ++running_;
  ++of_account;
  return std::make_unique<Ticket>(*this, account);
}

void TransferLimit::Leave(const std::string& account) {
  MutexLock lock(mutex_);
  --running_;
  const auto found = by_account_.find(account);
  if (--found->second == 0) by_account_.erase(found);
}

}  // namespace chatwire::xmpp
