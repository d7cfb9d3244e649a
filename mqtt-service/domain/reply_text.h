#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/command.h"
#include "mqtt-service/domain/history.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// What the service says in chat, in the language in which it was asked. One function for each
/// thing said; the three languages stand beside each other.
namespace reply_text {

/// The device has reported what was asked for.
std::string Confirmed(const Checkbox& checkbox, Language language);
/// The command is out, or still waits for the broker, and the device has not answered. @p now tells
/// how long it still may.
std::string Unconfirmed(const Checkbox& checkbox, const Command& command, absl::Time now);
/// The device did not answer, and the command was given up.
std::string GivenUp(const Checkbox& checkbox, Language language);
/// A newer command was answered first.
std::string Overtaken(const Checkbox& checkbox, Language language);
/// The device answered the command with the other state.
std::string NotFollowed(const Checkbox& checkbox, Language language);
/// The broker does not let us publish the command.
std::string Refused(const Checkbox& checkbox, Language language);
/// The checkbox was deleted before the device answered.
std::string Deleted(const std::string& name, Language language);

/// How @p checkbox is: the answer to `NAME?`.
std::string HowItIs(const Checkbox& checkbox, Language language);
/// State and wish, without the name: `off (wanted: on, not confirmed)`.
std::string State(const Checkbox& checkbox, Language language);
/// One line for each checkbox, at most kMostLines, and how many more of @p total there are.
std::string List(const std::vector<Checkbox>& checkboxes, size_t total, Language language);
inline constexpr size_t kMostLines = 50;
/// What happened to @p checkbox, newest first.
std::string History(const Checkbox& checkbox, const std::vector<HistoryEntry>& entries,
                    Language language);
/// Several were asked at once: @p asked were sent a command, @p already were so.
std::string AskedAll(SwitchState wanted, const std::vector<std::string>& asked,
                     const std::vector<std::string>& already, Language language);
/// Somebody wants to be told about @p checkbox from now on, and not any more.
std::string Watching(const Checkbox& checkbox, Language language);
std::string NotWatching(const Checkbox& checkbox, Language language);
std::string WatchingNothing(Language language);
std::string TooManyWatches(size_t maximum, Language language);
/// A checkbox that somebody watches was changed, by @p by.
std::string Changed(const Checkbox& checkbox, const Change& by, Language language);

std::string Help(Language language);

}  // namespace reply_text
}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_TEXT_H_
