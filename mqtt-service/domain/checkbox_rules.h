#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_RULES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/clock.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/command.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// How long a command may take.
struct CommandTimes {
  /// After this, who asked is told that the device has not confirmed yet.
  absl::Duration confirm_timeout = absl::Seconds(5);
  /// After this, the command is given up: the desired state falls back to the reported one.
  absl::Duration expiry = absl::Seconds(30);
};

/// A wish to change a checkbox.
struct SetWish {
  std::string name;
  SwitchAction action = SwitchAction::kOff;
  /// Only if this is the current version. 0: whatever it is.
  int64_t expected_version = 0;
  ChangeSource source = ChangeSource::kNone;
  /// See Change.actor.
  std::string actor;
  /// Where the answer goes, for a chat message.
  ChatOrigin origin;
};

/// What came of a SetWish.
struct SetOutcome {
  Checkbox checkbox;
  /// Empty: nothing to wait for, a virtual checkbox.
  std::string command_id;
};

/// What people and programs do to checkboxes. Each method works inside the caller's transaction; an
/// error means that the transaction must not be committed.
class CheckboxRules {
 public:
  /// @p announcer and @p clock must outlive the rules.
  CheckboxRules(const Announcer& announcer, const Clock& clock, CommandTimes times);

  /// @p actor is for the history, see Change.actor.
  /// Errors: those of CheckConfig; ALREADY_EXISTS/CHECKBOX_EXISTS.
  absl::StatusOr<Checkbox> Create(Transaction& transaction, const CheckboxConfig& config,
                                  const std::string& actor = "") const;

  /// Changes what the operator decides about it; its version stays, unless the device is another
  /// one: nothing is known of that, and what the old one was asked is given up.
  /// Errors: those of CheckConfig; NOT_FOUND/CHECKBOX_NOT_FOUND.
  absl::StatusOr<Checkbox> Update(Transaction& transaction, const std::string& name,
                                  const CheckboxChange& change,
                                  const std::string& actor = "") const;

  /// Errors: NOT_FOUND/CHECKBOX_NOT_FOUND, ABORTED/VERSION_MISMATCH.
  absl::Status Delete(Transaction& transaction, const std::string& name, int64_t expected_version,
                      const std::string& actor = "") const;

  /// Makes one command, whatever the state is: a device that lost its state is asked again.
  /// Errors: NOT_FOUND/CHECKBOX_NOT_FOUND, ABORTED/VERSION_MISMATCH.
  absl::StatusOr<SetOutcome> Set(Transaction& transaction, const SetWish& wish) const;

  /// Puts the state of every checkbox into the outbox again: the broker is only a cache.
  void AnnounceAll(Transaction& transaction) const;

 private:
  Command MakeCommand(const Checkbox& checkbox, const SetWish& wish) const;
  void StartOver(Transaction& transaction, Checkbox& checkbox, const std::string& actor) const;

  const Announcer& announcer_;
  const Clock& clock_;
  CommandTimes times_;
};

/// The checkbox @p name. Errors: INVALID_ARGUMENT/BAD_NAME; NOT_FOUND/CHECKBOX_NOT_FOUND with the
/// metadata `nearest`, comma-separated.
absl::StatusOr<Checkbox> FindCheckbox(Transaction& transaction, const std::string& name);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_RULES_H_
