#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REPORT_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REPORT_RULES_H_

#include <string>

#include "common/clock.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What a device says that it is.
struct DeviceReport {
  std::string checkbox;
  SwitchState state = SwitchState::kUnknown;
  /// The id of the command that it answers. Empty: it did not say.
  std::string command_id;
  /// The broker repeats what it has kept: the device said it some time before now.
  bool retained = false;
};

/// What follows from a device's words.
///
/// A report that names its command ends that command. One that does not ends the oldest pending
/// command that wanted this state, with those right after it that wanted the same. Commands before
/// are overtaken; what the broker has kept overtakes none. A command that it ends without a name is
/// published all the same where that has not been noted yet: the state may be older than the
/// command, and a command before that one still be on its way to the device. One that names a
/// command which has ended already ends no other, and says nothing where it says what that ended
/// with: a device repeats what it has no acknowledgement for. A report that matches no command is
/// the device's own doing: it becomes the desired state too, unless a command is still on its way.
class ReportRules {
 public:
  /// @p announcer and @p clock must outlive the rules.
  ReportRules(const Announcer& announcer, const Clock& clock);

  /// False: there is no such checkbox, nothing was done.
  bool Report(Transaction& transaction, const DeviceReport& report) const;

  /// False: there is no such checkbox, nothing was done.
  bool SetAvailability(Transaction& transaction, const std::string& name,
                       Availability availability) const;

 private:
  const Announcer& announcer_;
  const Clock& clock_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REPORT_RULES_H_
