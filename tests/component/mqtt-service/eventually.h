#ifndef CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_EVENTUALLY_H_
#define CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_EVENTUALLY_H_

#include <chrono>
#include <thread>

namespace chatwire::mqtt {

/// Asks until @p condition() is true, for what tells nobody when it changes: another process, a
/// log, an RPC without a stream. False: it was not within 20 s.
template <typename Condition>
bool Eventually(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_EVENTUALLY_H_
