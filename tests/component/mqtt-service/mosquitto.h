#ifndef CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MOSQUITTO_H_
#define CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MOSQUITTO_H_

#include <sys/types.h>

#include <string>

namespace chatwire::mqtt {

/// A port of this machine that nobody listens on at the moment.
int FreePort();

/// A real Mosquitto of the test's own, on a free port of this machine.
class Mosquitto {
 public:
  /// Writes into @p folder. @p more is added to its configuration.
  explicit Mosquitto(std::string folder, std::string more = "allow_anonymous true\n");
  ~Mosquitto();

  /// Starts it and waits until it takes connections.
  void Start();
  /// Kills it, as a power cut does: it keeps nothing.
  void Kill();

  int port() const { return port_; }
  std::string uri() const;

 private:
  const std::string folder_;
  const std::string more_;
  int port_;
  pid_t pid_ = -1;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MOSQUITTO_H_
