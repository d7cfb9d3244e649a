#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_LIMIT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_LIMIT_H_

#include <map>
#include <string>
#include <utility>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// Lets a person have only so many commands a minute carried out, so that nobody, and no program
/// that has gone mad, wears out a relay.
///
/// Not thread-safe.
class CommandLimit {
 public:
  /// What is said about commands.
  struct Verdict {
    bool allowed = true;
    /// Of several refusals only the first is worth an answer.
    bool first_refusal = false;
    /// How long until the next may come.
    absl::Duration wait;
  };

  /// @p most a minute; 0: any number.
  explicit CommandLimit(int most) : most_(most) {}

  /// Whether @p jid may give @p account @p count more at @p now; counts them where it may. A first
  /// message always may: that of one who has given none in this minute.
  Verdict Take(const std::string& account, const std::string& jid, int count, absl::Time now);

 private:
  struct Window {
    absl::Time start = absl::InfinitePast();
    int count = 0;
    bool refused = false;
  };

  const int most_;
  std::map<std::pair<std::string, std::string>, Window> windows_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_LIMIT_H_
