#include "mqtt-service/broker/home_assistant.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/uuid.h"
#include "mqtt-service/wire/home_assistant_payload.h"

namespace chatwire::mqtt {
namespace {

/// More devices of others than this are not looked at.
constexpr size_t kMostRetained = 1000;
/// Then a broker that does not answer the subscription has retained nothing.
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr size_t kLargestRetainedBytes = size_t{1024} * 1024;

/// Not coalescing: what takes a checkbox away must not be overtaken by what follows.
void Publish(Transaction& transaction, const std::string& topic, std::string payload) {
  OutboxMessage message;
  message.ordering_key = topic;
  message.topic = topic;
  message.payload = std::move(payload);
  message.retain = true;
  transaction.outbox().Add(message);
}

std::string DigestOf(const std::string& payload) {
  return DerivedUuid("chatwire-home-assistant", payload);
}

absl::Duration UpTo(absl::Duration most) {
  static thread_local std::mt19937 random{std::random_device{}()};
  return most * std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

HomeAssistant::HomeAssistant(Store& store, const CheckboxRules& rules, const Topics& topics,
                             WorkQueue& queue, MessageSourceFactory make_source,
                             HomeAssistantOptions options)
    : store_(store),
      rules_(rules),
      topics_(topics),
      queue_(queue),
      make_source_(std::move(make_source)),
      options_(std::move(options)) {}

std::string HomeAssistant::BirthTopic() const {
  return options_.prefix.empty() ? "" : options_.prefix + "/status";
}

std::string HomeAssistant::ConfigTopic(int number) const {
  return absl::StrCat(options_.prefix, "/device/", HomeAssistantDeviceId(topics_, number),
                      "/config");
}

int HomeAssistant::NumberOf(const std::string& topic) const {
  if (options_.prefix.empty()) return 0;
  if (topic == ConfigTopic(1)) return 1;
  const size_t at = topic.rfind("__");
  const size_t end = topic.rfind('/');
  int number = 0;
  if (at == std::string::npos || end == std::string::npos || end < at) return 0;
  if (!absl::SimpleAtoi(topic.substr(at + 2, end - at - 2), &number) || number < 2) return 0;
  return topic == ConfigTopic(number) ? number : 0;
}

void HomeAssistant::OnCommit(const Commit& commit) {
  if (!commit.inventory || options_.prefix.empty() || posted_.exchange(true)) return;
  queue_.PostAt(absl::Now() + options_.gather, [this] {
    posted_ = false;
    // What is published would hide what the broker has retained; it is told when that is known.
    if (!compared_) return;
    Write([this](Transaction& transaction) { Announce(transaction); });
  });
}

void HomeAssistant::OnConnected() {
  queue_.Post([this] {
    if (options_.prefix.empty()) {
      Write([this](Transaction& transaction) { Announce(transaction); });
    } else {
      StartListening();
    }
  });
}

void HomeAssistant::OnBirth(const std::string& payload, bool retained) {
  if (payload != "online" || retained || born_.exchange(true)) return;
  queue_.PostAt(absl::Now() + UpTo(options_.birth_jitter), [this] {
    born_ = false;
    Write([this](Transaction& transaction) { AnnounceAgain(transaction); });
  });
}

void HomeAssistant::Write(const std::function<void(Transaction&)>& work) {
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    work(transaction);
    return absl::OkStatus();
  });
  if (!status.ok()) LOG(ERROR) << "Home Assistant: " << status.message();
}

void HomeAssistant::StartListening() {
  source_.reset();
  {
    MutexLock lock(mutex_);
    retained_.clear();
  }
  source_ = make_source_();
  TopicFilter filter;
  filter.filter = options_.prefix + "/device/+/config";
  compared_ = false;
  const int round = ++round_;
  source_->Start({filter}, 0,
                 {[this, round](const std::vector<int>&) {
                    queue_.PostAt(absl::Now() + options_.listen,
                                  [this, round] { EndListening(round); });
                  },
                  [this](MqttMessage message) { Collect(std::move(message)); },
                  [this, round](const absl::Status& reason) {
                    LOG(WARNING) << "Home Assistant: what the broker has retained cannot be read: "
                                 << reason.message();
                    queue_.Post([this, round] { EndListening(round); });
                  }});
  queue_.PostAt(absl::Now() + kPatience, [this, round] { EndListening(round); });
}

void HomeAssistant::Collect(MqttMessage message) {
  if (!message.retain || message.payload.size() > kLargestRetainedBytes) return;
  const bool ours = !OwnComponents(topics_, message.payload).empty();
  MutexLock lock(mutex_);
  if (!ours || retained_.size() >= kMostRetained) return;
  retained_[message.topic] = std::move(message.payload);
}

void HomeAssistant::EndListening(int round) {
  // It has ended, or a newer connection has begun to listen anew.
  if (round != round_ || source_ == nullptr) return;
  source_.reset();
  compared_ = true;
  Retained retained;
  {
    MutexLock lock(mutex_);
    retained.swap(retained_);
  }
  Write([&](Transaction& transaction) { Reconcile(transaction, retained); });
  LOG(INFO) << "Home Assistant: compared with what the broker has retained";
}

void HomeAssistant::Announce(Transaction& transaction) const {
  TellAll(transaction, nullptr, /*again=*/false);
}

void HomeAssistant::AnnounceAgain(Transaction& transaction) const {
  TellAll(transaction, nullptr, /*again=*/true);
  rules_.AnnounceAll(transaction);
}

void HomeAssistant::Reconcile(Transaction& transaction, const Retained& retained) const {
  TellAll(transaction, &retained, /*again=*/false);
}

void HomeAssistant::TakeBackElsewhere(Transaction& transaction,
                                      std::vector<ToldDevice>& told) const {
  std::erase_if(told, [&](const ToldDevice& device) {
    if (NumberOf(device.topic) > 0) return false;
    Publish(transaction, device.topic, "");
    transaction.discovery().Remove(device.topic);
    return true;
  });
}

/// A checkbox stays with its device, so that Home Assistant keeps what people have made of it; a
/// new one goes to the first that has room.
std::vector<HomeAssistant::Device> HomeAssistant::Devices(
    Transaction& transaction, const std::vector<ToldDevice>& told) const {
  std::map<int, Device> devices;
  std::map<std::string, int> home;
  for (const ToldDevice& device : told) {
    const int number = NumberOf(device.topic);
    devices[number] = {number, device, {}, device.names};
    for (const std::string& name : device.names) home.emplace(name, number);
  }
  std::vector<Checkbox> newcomers;
  for (Checkbox& checkbox : transaction.checkboxes().List("", kEveryCheckbox)) {
    const auto at = home.find(checkbox.name);
    if (at == home.end()) {
      newcomers.push_back(std::move(checkbox));
      continue;
    }
    Device& device = devices[at->second];
    std::erase(device.gone, checkbox.name);
    device.checkboxes.push_back(std::move(checkbox));
  }
  int number = 1;
  for (Checkbox& checkbox : newcomers) {
    while (devices[number].checkboxes.size() >= kMostComponents) ++number;
    devices[number].number = number;
    devices[number].told.topic = ConfigTopic(number);
    devices[number].checkboxes.push_back(std::move(checkbox));
  }
  std::vector<Device> list;
  for (auto& [at, device] : devices) {
    if (device.number > 0) list.push_back(std::move(device));
  }
  return list;
}

void HomeAssistant::Tell(Transaction& transaction, const Device& device, bool again) const {
  const std::string& topic = device.told.topic;
  if (device.checkboxes.empty()) {
    Publish(transaction, topic, "");
    transaction.discovery().Remove(topic);
    return;
  }
  ToldDevice now{topic, "", {}};
  for (const Checkbox& checkbox : device.checkboxes) now.names.push_back(checkbox.name);
  std::sort(now.names.begin(), now.names.end());
  std::string payload = HomeAssistantPayload(topics_, device.number, device.checkboxes, {});
  now.digest = DigestOf(payload);
  if (!again && now.digest == device.told.digest) return;
  if (!device.gone.empty()) {
    Publish(transaction, topic,
            HomeAssistantPayload(topics_, device.number, device.checkboxes, device.gone));
  }
  Publish(transaction, topic, std::move(payload));
  transaction.discovery().Put(now);
}

void HomeAssistant::TellAll(Transaction& transaction, const Retained* retained, bool again) const {
  std::vector<ToldDevice> told = transaction.discovery().All();
  TakeBackElsewhere(transaction, told);
  if (options_.prefix.empty()) return;
  std::set<std::string> known;
  for (ToldDevice& device : told) {
    known.insert(device.topic);
    if (retained == nullptr) continue;
    const auto at = retained->find(device.topic);
    // The broker has lost it, or has something else.
    if (at == retained->end() || DigestOf(at->second) != device.digest) device.digest.clear();
    if (at == retained->end()) continue;
    std::vector<std::string> all;
    const auto there = OwnComponents(topics_, at->second);
    std::set_union(device.names.begin(), device.names.end(), there.begin(), there.end(),
                   std::back_inserter(all));
    device.names = std::move(all);
  }
  // Of an earlier life with another state folder, but on a topic of ours.
  for (const auto& [topic, payload] : retained == nullptr ? Retained() : *retained) {
    if (known.count(topic) > 0 || NumberOf(topic) == 0) continue;
    told.push_back({topic, "", OwnComponents(topics_, payload)});
    known.insert(topic);
  }
  for (const Device& device : Devices(transaction, told)) {
    const bool left_alone = device.told.digest.empty() && device.checkboxes.empty();
    Tell(transaction, device, again || left_alone);
    known.insert(device.told.topic);
  }
  if (retained == nullptr) return;
  for (const auto& [topic, payload] : *retained) {
    // Of an earlier life with another state folder.
    if (known.count(topic) == 0) Publish(transaction, topic, "");
  }
}

}  // namespace chatwire::mqtt
