#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_SYNTAX_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_SYNTAX_H_

#include <string>

namespace chatwire::mqtt {

/// Whether @p topic can be published to (MQTT 5, 4.7): 1 to 1,024 bytes of UTF-8 without wildcards
/// and NUL.
bool IsTopicName(const std::string& topic);

/// Whether @p filter can be subscribed to (MQTT 5, 4.7.1 and 4.8.2): wildcards fill a level, `#` is
/// the last, and a shared subscription names its group.
bool IsTopicFilter(const std::string& filter);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_TOPIC_SYNTAX_H_
