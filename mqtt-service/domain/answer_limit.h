#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_ANSWER_LIMIT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_ANSWER_LIMIT_H_

#include <map>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// Lets ten answers a minute to one person pass. For answers that say "I did not understand": two
/// programs that tell each other so would never stop.
///
/// Not thread-safe.
class AnswerLimit {
 public:
  /// Whether one more answer from @p account to @p jid may go out at @p now; counts it.
  bool Take(const std::string& account, const std::string& jid, absl::Time now);

 private:
  struct Window {
    absl::Time start = absl::InfinitePast();
    int count = 0;
  };

  std::map<std::pair<std::string, std::string>, Window> windows_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_ANSWER_LIMIT_H_
