#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/command.h"

namespace chatwire::mqtt {

/// What the service says in chat. One function for each thing said, in English; they are together
/// so that other languages can stand beside them.
namespace reply_text {

/// The device has reported what was asked for.
std::string Confirmed(const Checkbox& checkbox);
/// The command is out, or still waits for the broker, and the device has not answered. @p now tells
/// how long it still may.
std::string Unconfirmed(const Checkbox& checkbox, const Command& command, absl::Time now);
/// The device did not answer, and the command was given up.
std::string GivenUp(const Checkbox& checkbox);
/// A newer command was answered first.
std::string Overtaken(const Checkbox& checkbox);
/// The device answered the command with the other state.
std::string NotFollowed(const Checkbox& checkbox);
/// The broker does not let us publish the command.
std::string Refused(const Checkbox& checkbox);
/// The checkbox was deleted before the device answered.
std::string Deleted(const std::string& name);

/// How @p checkbox is: the answer to `NAME?`.
std::string HowItIs(const Checkbox& checkbox);
/// One line for each checkbox.
std::string List(const std::vector<Checkbox>& checkboxes);
std::string Help();
std::string NotUnderstood();
std::string UnknownName(const std::string& word, const std::vector<std::string>& nearest);
std::string Ambiguous(const std::string& word, const std::vector<Checkbox>& meant);
std::string TooLong(size_t bytes, size_t maximum_bytes);
std::string TooLate(absl::Time sent_time);
std::string Stranger(const std::string& account);

}  // namespace reply_text
}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_
