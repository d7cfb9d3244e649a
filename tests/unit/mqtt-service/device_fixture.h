#ifndef CHATWIRE_TESTS_UNIT_MQTT_SERVICE_DEVICE_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_MQTT_SERVICE_DEVICE_FIXTURE_H_

#include <string>

#include "mqtt-service/domain/device_preset.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {

/// A binding with all its parts: asked and heard below @p place.
inline DeviceBinding BindingAt(const std::string& place) {
  DeviceBinding binding;
  binding.command_topic = place + "/do";
  binding.payload_on = "1";
  binding.payload_off = "0";
  binding.states = {{place + "/is", "relays[0].ison"}};
  binding.state_on = {"true"};
  binding.state_off = {"false"};
  binding.availability = {{place + "/there", ""}, {"bridge/there", "state"}};
  binding.online = {"online"};
  binding.offline = {"offline"};
  return binding;
}

/// The rules, and checkboxes with bound devices.
class DeviceFixture : public RulesFixture {
 protected:
  absl::Status CreateBound(const std::string& name, const DeviceBinding& binding) {
    return store_->Write([&](Transaction& transaction) {
      CheckboxConfig config;
      config.name = name;
      config.device = binding;
      return rules_.Create(transaction, config).status();
    });
  }

  absl::Status Rebind(const std::string& name, const DeviceBinding& binding) {
    return store_->Write([&](Transaction& transaction) {
      CheckboxChange change;
      change.device = binding;
      return rules_.Update(transaction, name, change, "ops").status();
    });
  }

  void Delete(const std::string& name) {
    Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, name, 0).ok()); });
  }

  /// Topics that @p link has to listen to.
  std::vector<std::string> Wanted(DeviceLink link) {
    std::vector<std::string> topics;
    Do([&](Transaction& transaction) {
      for (const auto& wanted : transaction.devices().Wanted(link)) topics.push_back(wanted.topic);
    });
    return topics;
  }

  std::vector<std::string> Unwanted(DeviceLink link) {
    std::vector<std::string> topics;
    Do([&](Transaction& transaction) { topics = transaction.devices().Unwanted(link); });
    return topics;
  }
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_UNIT_MQTT_SERVICE_DEVICE_FIXTURE_H_
