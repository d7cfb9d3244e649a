#ifndef CHATWIRE_CLI_COMMANDS_CONFIRMATIONS_H_
#define CHATWIRE_CLI_COMMANDS_CONFIRMATIONS_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "chatwire/mqtt/v1/checkbox_group_service.pb.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "common/mutex.h"

namespace chatwire::cli {

/// Which of the checkboxes of a SetCheckboxes have been confirmed by their devices. Thread-safe.
class Confirmations {
 public:
  /// Takes those of @p response that were set, as they are in it.
  explicit Confirmations(const mqtt::v1::SetCheckboxesResponse& response);

  /// How one of them is now, or that it is gone. Others are left aside.
  void Told(const mqtt::v1::WatchCheckboxesResponse& response);
  /// Nothing more will be told: none is waited for any longer.
  void End(const absl::Status& why);

  /// Whether there are some that can still be confirmed.
  bool waits() const;
  /// Waits until something is told, at most @p duration.
  void WaitFor(absl::Duration duration);
  absl::Status status() const;

  int64_t total() const;
  int64_t confirmed() const;
  bool IsConfirmed(const std::string& name) const;
  /// The names of those that are not.
  std::vector<std::string> Unconfirmed() const;
  /// How @p name is, as far as anybody was told.
  mqtt::v1::Checkbox Now(const std::string& name) const;

 private:
  enum class Fate { kWaited, kConfirmed, kGivenUp };
  struct Wish {
    mqtt::v1::CheckboxState wanted;
    mqtt::v1::Checkbox now;
    Fate fate;
  };

  static Fate FateOf(const mqtt::v1::Checkbox& checkbox, mqtt::v1::CheckboxState wanted);
  int64_t Count(Fate fate) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  std::condition_variable changed_;
  bool told_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status why_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Wish> wishes_ ABSL_GUARDED_BY(mutex_);
};

/// Waits for the devices of @p confirmations until @p deadline, with a bar on standard error that
/// says @p what is being done. Nothing else may read what they are told. Errors: those of
/// WatchCheckboxes, and CANCELLED/INTERRUPTED; it is none that devices do not confirm.
absl::Status AwaitConfirmations(Session& session, Interrupt& interrupt, const std::string& what,
                                absl::Time deadline, Confirmations& confirmations);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CONFIRMATIONS_H_
