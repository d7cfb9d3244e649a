#include "xmpp-service/domain/login_pin.h"

#include <utility>

#include "absl/log/log.h"
#include "xmpp-service/domain/sasl_mechanism.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kRetryAfter = absl::Seconds(1);

}  // namespace

LoginPin::LoginPin(std::string account, AccountStore& store, Executor& executor)
    : account_(std::move(account)), store_(store), lifeline_(executor) {}

void LoginPin::Load(std::function<void()> loaded) {
  store_.GetLoginPin(account_, lifeline_.Bind<std::string>([this, loaded = std::move(loaded)](
                                                               absl::StatusOr<std::string> pin) {
    if (pin.ok()) {
      mechanism_ = *std::move(pin);
      loaded();
      return;
    }
    LOG(ERROR) << account_ << ": how it has signed in cannot be read: " << pin.status();
    lifeline_.After(kRetryAfter, [this, loaded] { Load(loaded); });
  }));
}

void LoginPin::OnSignedIn(const std::string& mechanism, bool keep) {
  if (!IsStronger(mechanism, mechanism_)) return;
  mechanism_ = mechanism;
  if (keep) Keep();
}

void LoginPin::Keep() {
  if (mechanism_.empty()) return;
  store_.SetLoginPin(
      account_, mechanism_, Completion<bool>([account = account_](const auto& stored) {
        if (stored.ok()) return;
        LOG(ERROR) << account << ": how it has signed in cannot be stored: " << stored.status();
      }));
}

}  // namespace chatwire::xmpp
