#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_REFUSAL_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_REFUSAL_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/language.h"

/// What the service says in chat where it does nothing: why, and what to do. See reply_text.h.
namespace chatwire::mqtt::reply_text {

std::string NotUnderstood(Language language);
std::string UnknownName(const std::string& word, const std::vector<std::string>& nearest,
                        Language language);
/// No checkbox has the label @p word.
std::string UnknownGroup(const std::string& word, const std::vector<std::string>& nearest,
                         Language language);
std::string Ambiguous(const std::string& word, const std::vector<Checkbox>& meant,
                      Language language);
std::string TooLong(size_t bytes, size_t maximum_bytes, Language language);
std::string TooLate(absl::Time sent_time, Language language);
/// The person may not operate @p names.
std::string NotAllowed(const std::vector<std::string>& names, Language language);
/// More than @p most commands in a minute; the next may come after @p wait.
std::string TooManyCommands(int most, absl::Duration wait, Language language);
std::string Stranger(const std::string& account, Language language);

}  // namespace chatwire::mqtt::reply_text

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_REFUSAL_H_
