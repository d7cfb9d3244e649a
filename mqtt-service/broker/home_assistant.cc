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
OutboxMessage Config(const std::string& topic, std::string payload) {
  OutboxMessage message;
  message.ordering_key = topic;
  message.topic = topic;
  message.payload = std::move(payload);
  message.retain = true;
  return message;
}

std::string DigestOf(const std::string& payload) {
  return DerivedUuid("chatwire-home-assistant", payload);
}

/// All that HomeAssistantPayload takes from checkboxes.
std::string WhatMakes(const std::vector<Checkbox>& checkboxes) {
  std::string all;
  for (const Checkbox& checkbox : checkboxes) {
    absl::StrAppend(&all, checkbox.name, "\t", checkbox.title, "\n");
  }
  return DigestOf(all);
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
    if (compared_) Work(nullptr, /*again=*/false);
  });
}

void HomeAssistant::OnConnected() {
  queue_.Post([this] {
    if (options_.prefix.empty()) {
      Work(nullptr, /*again=*/false);
    } else {
      StartListening();
    }
  });
}

void HomeAssistant::OnBirth(const std::string& payload, bool retained) {
  if (payload != "online" || retained || born_.exchange(true)) return;
  queue_.PostAt(absl::Now() + UpTo(options_.birth_jitter), [this] {
    born_ = false;
    Work(nullptr, /*again=*/true);
  });
}

void HomeAssistant::Work(const Retained* retained, bool again) {
  Inventory inventory;
  absl::Status status = store_.Read([&](Transaction& transaction) {
    inventory = Look(transaction);
    return absl::OkStatus();
  });
  // Of 10,000 checkboxes it is megabytes of JSON: nobody who wants to write waits for that. This
  // thread alone writes what was told, and whatever changes meanwhile calls it again.
  const Telling telling = Decide(std::move(inventory), retained, again);
  if (status.ok() && (again || !telling.messages.empty())) {
    status = store_.Write([&](Transaction& transaction) {
      Note(transaction, telling);
      if (again) rules_.AnnounceAll(transaction);
      return absl::OkStatus();
    });
  }
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
  Work(&retained, /*again=*/false);
  LOG(INFO) << "Home Assistant: compared with what the broker has retained";
}

void HomeAssistant::Announce(Transaction& transaction) {
  Note(transaction, Decide(Look(transaction), nullptr, /*again=*/false));
}

void HomeAssistant::AnnounceAgain(Transaction& transaction) {
  Note(transaction, Decide(Look(transaction), nullptr, /*again=*/true));
  rules_.AnnounceAll(transaction);
}

void HomeAssistant::Reconcile(Transaction& transaction, const Retained& retained) {
  Note(transaction, Decide(Look(transaction), &retained, /*again=*/false));
}

HomeAssistant::Inventory HomeAssistant::Look(Transaction& transaction) {
  Inventory inventory{transaction.discovery().All(),
                      transaction.checkboxes().List("", kEveryCheckbox)};
  // Without names it is none of Home Assistant's; see HomieDevices.
  std::erase_if(inventory.told, [](const ToldDevice& device) { return device.names.empty(); });
  return inventory;
}

void HomeAssistant::Note(Transaction& transaction, const Telling& telling) {
  for (const std::string& topic : telling.taken_back) transaction.discovery().Remove(topic);
  for (const ToldDevice& device : telling.told) transaction.discovery().Put(device);
  for (const OutboxMessage& message : telling.messages) transaction.outbox().Add(message);
}

void HomeAssistant::TakeBackElsewhere(std::vector<ToldDevice>& told, Telling& telling) const {
  std::erase_if(told, [&](const ToldDevice& device) {
    if (NumberOf(device.topic) > 0) return false;
    telling.messages.push_back(Config(device.topic, ""));
    telling.taken_back.push_back(device.topic);
    return true;
  });
}

/// A checkbox stays with its device, so that Home Assistant keeps what people have made of it; a
/// new one goes to the first that has room.
std::vector<HomeAssistant::Device> HomeAssistant::Devices(const std::vector<ToldDevice>& told,
                                                          std::vector<Checkbox> checkboxes) const {
  std::map<int, Device> devices;
  std::map<std::string, int> home;
  for (const ToldDevice& device : told) {
    const int number = NumberOf(device.topic);
    devices[number] = {number, device, {}, device.names};
    for (const std::string& name : device.names) home.emplace(name, number);
  }
  std::vector<Checkbox> newcomers;
  for (Checkbox& checkbox : checkboxes) {
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

void HomeAssistant::Tell(const Device& device, bool again, Telling& telling) {
  const std::string& topic = device.told.topic;
  if (device.checkboxes.empty()) {
    telling.messages.push_back(Config(topic, ""));
    telling.taken_back.push_back(topic);
    return;
  }
  ToldDevice now{topic, "", {}};
  for (const Checkbox& checkbox : device.checkboxes) now.names.push_back(checkbox.name);
  std::sort(now.names.begin(), now.names.end());
  // Where one of 10,000 checkboxes has changed, one payload is made and not all of them.
  std::string made_of = WhatMakes(device.checkboxes);
  auto& [made_before, digest_before] = made_[topic];
  if (!again && made_before == made_of && digest_before == device.told.digest) return;
  std::string payload = HomeAssistantPayload(topics_, device.number, device.checkboxes, {});
  now.digest = DigestOf(payload);
  made_before = std::move(made_of);
  digest_before = now.digest;
  if (!again && now.digest == device.told.digest) return;
  if (!device.gone.empty()) {
    telling.messages.push_back(Config(
        topic, HomeAssistantPayload(topics_, device.number, device.checkboxes, device.gone)));
  }
  telling.messages.push_back(Config(topic, std::move(payload)));
  telling.told.push_back(std::move(now));
}

void HomeAssistant::Compare(std::vector<ToldDevice>& told, const Retained& retained) const {
  std::set<std::string> known;
  for (ToldDevice& device : told) {
    known.insert(device.topic);
    const auto at = retained.find(device.topic);
    // The broker has lost it, or has something else.
    if (at == retained.end() || DigestOf(at->second) != device.digest) device.digest.clear();
    if (at == retained.end()) continue;
    std::vector<std::string> all;
    const auto there = OwnComponents(topics_, at->second);
    std::set_union(device.names.begin(), device.names.end(), there.begin(), there.end(),
                   std::back_inserter(all));
    device.names = std::move(all);
  }
  // Of an earlier life with another state folder, but on a topic of ours.
  for (const auto& [topic, payload] : retained) {
    if (known.count(topic) > 0 || NumberOf(topic) == 0) continue;
    told.push_back({topic, "", OwnComponents(topics_, payload)});
  }
}

HomeAssistant::Telling HomeAssistant::Decide(Inventory inventory, const Retained* retained,
                                             bool again) {
  Telling telling;
  std::vector<ToldDevice> told = std::move(inventory.told);
  std::set<std::string> known;
  for (const ToldDevice& device : told) known.insert(device.topic);
  TakeBackElsewhere(told, telling);
  if (options_.prefix.empty()) return telling;
  if (retained != nullptr) Compare(told, *retained);
  for (const Device& device : Devices(told, std::move(inventory.checkboxes))) {
    const bool left_alone = device.told.digest.empty() && device.checkboxes.empty();
    Tell(device, again || left_alone, telling);
    known.insert(device.told.topic);
  }
  if (retained == nullptr) return telling;
  for (const auto& [topic, payload] : *retained) {
    // Of an earlier life with another state folder.
    if (known.count(topic) == 0) telling.messages.push_back(Config(topic, ""));
  }
  return telling;
}

}  // namespace chatwire::mqtt
