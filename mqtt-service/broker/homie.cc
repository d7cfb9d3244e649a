#include "mqtt-service/broker/homie.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/uuid.h"
#include "mqtt-service/wire/homie_payload.h"

namespace chatwire::mqtt {
namespace {

constexpr char kInit[] = "init";
constexpr char kReady[] = "ready";
constexpr int64_t kPullRows = 256;

/// Everything of a device goes one after the other. Where @p newest, it takes the place of what was
/// to be said on that topic.
void Publish(Transaction& transaction, const std::string& device, std::string topic,
             std::string payload, bool newest) {
  OutboxMessage message;
  message.ordering_key = device;
  message.coalesce = newest;
  message.topic = std::move(topic);
  message.payload = std::move(payload);
  message.retain = true;
  transaction.outbox().Add(message);
}

std::string DigestOf(const std::string& description) {
  return DerivedUuid("chatwire-homie", description);
}

/// `$state` first: the device ceases to exist, and then its topics go.
void Forget(Transaction& transaction, const std::string& device) {
  for (const std::string& topic : {homie::State(device), homie::Description(device),
                                   homie::Target(device), homie::Value(device)}) {
    Publish(transaction, device, topic, "", false);
  }
  transaction.discovery().Remove(device);
}

}  // namespace

HomieDevices::HomieDevices(Store& store, const CheckboxRules& rules, std::string base,
                           WorkQueue& queue, const Clock& clock, HomieOptions options)
    : store_(store),
      rules_(rules),
      base_(std::move(base)),
      queue_(queue),
      clock_(clock),
      options_(std::move(options)),
      topics_(options_.domain, base_) {}

void HomieDevices::Start() {
  if (!enabled()) return;
  Write([this](Transaction& transaction) {
    const std::string root = topics_.RootDevice();
    Publish(transaction, root, homie::State(root), kInit, true);
  });
}

void HomieDevices::OnCommit(const Commit& commit) {
  if (!enabled()) return;
  if (commit.checkboxes && !following_.exchange(true)) {
    queue_.Post([this] {
      following_ = false;
      if (connected_) Write([this](Transaction& transaction) { Follow(transaction); });
    });
  }
  if (!commit.inventory || posted_.exchange(true)) return;
  queue_.PostAt(absl::Now() + options_.gather, [this] {
    posted_ = false;
    // Else it is told with the next connect.
    if (connected_) Work(/*again=*/false);
  });
}

void HomieDevices::OnConnected() {
  connected_ = true;
  queue_.Post([this] {
    if (connected_) Work(/*again=*/true);
  });
}

void HomieDevices::Write(const std::function<void(Transaction&)>& work) {
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    work(transaction);
    return absl::OkStatus();
  });
  if (!status.ok()) LOG(ERROR) << "Homie: " << status.message();
}

void HomieDevices::Work(bool again) {
  std::map<std::string, Told> told;
  std::vector<Checkbox> checkboxes;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    told = Look(transaction);
    checkboxes = transaction.checkboxes().List("", kEveryCheckbox);
    return absl::OkStatus();
  });
  if (!status.ok()) LOG(ERROR) << "Homie: " << status.message();
  if (!status.ok()) return;
  // Nobody who wants to write waits while thousands of descriptions are compared. What changes
  // meanwhile calls it again.
  const Plan plan = MakePlan(std::move(told), checkboxes, again);
  Write([&](Transaction& transaction) { Carry(transaction, plan); });
}

void HomieDevices::Announce(Transaction& transaction, bool again) {
  Carry(transaction,
        MakePlan(Look(transaction), transaction.checkboxes().List("", kEveryCheckbox), again));
}

/// The digest is "VERSION DIGEST".
std::map<std::string, HomieDevices::Told> HomieDevices::Look(Transaction& transaction) {
  std::map<std::string, Told> told;
  for (const ToldDevice& device : transaction.discovery().All()) {
    if (!device.names.empty()) continue;
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(device.digest, absl::MaxSplits(' ', 1));
    Told& one = told[device.topic];
    if (absl::SimpleAtoi(parts.first, &one.version)) one.digest = parts.second;
  }
  return told;
}

HomieDevices::Plan HomieDevices::MakePlan(std::map<std::string, Told> told,
                                          const std::vector<Checkbox>& checkboxes,
                                          bool again) const {
  Plan plan;
  plan.again = again;
  if (enabled()) {
    told.erase(topics_.RootDevice());
    for (const Checkbox& checkbox : checkboxes) {
      plan.children.push_back(topics_.IdOf(checkbox.name));
      const auto known = told.extract(topics_.Device(checkbox.name));
      const bool same = !known.empty() &&
                        known.mapped().digest == DigestOf(HomieDescription(topics_, checkbox, 0));
      if (again || !same) plan.names.push_back(checkbox.name);
    }
  }
  for (const auto& [topic, digest] : told) plan.gone.push_back(topic);
  return plan;
}

void HomieDevices::Carry(Transaction& transaction, const Plan& plan) {
  std::map<std::string, Told> told = Look(transaction);
  const auto old = [&told](const std::string& device) {
    const auto found = told.find(device);
    return found == told.end() ? std::nullopt : std::optional<Told>(found->second);
  };
  for (const std::string& name : plan.names) {
    const auto checkbox = transaction.checkboxes().Find(name);
    // Deleted meanwhile.
    if (!checkbox.has_value() || checkbox->deleted) continue;
    const std::string device = topics_.Device(name);
    Tell(
        transaction, device, old(device),
        [&](int64_t version) { return HomieDescription(topics_, *checkbox, version); }, &*checkbox,
        plan.again);
  }
  // New children are there before their parent names them, old ones go when it does not any more.
  if (enabled()) {
    const std::string root = topics_.RootDevice();
    Tell(
        transaction, root, old(root),
        [&](int64_t version) { return HomieRootDescription(base_, plan.children, version); },
        nullptr, plan.again);
  }
  for (const std::string& device : plan.gone) {
    Forget(transaction, device);
    shown_.erase(device);
  }
}

void HomieDevices::Tell(Transaction& transaction, const std::string& device,
                        std::optional<Told> old, const Describe& describe, const Checkbox* checkbox,
                        bool again) {
  const std::string digest = DigestOf(describe(0));
  const bool changed = !old.has_value() || old->digest != digest;
  if (!changed && !again) return;
  int64_t version = old.has_value() ? old->version : 0;
  // A clock, so that it grows also where the state folder was lost.
  if (changed) version = std::max(version + 1, absl::ToUnixMillis(clock_.Now()));
  if (changed) Publish(transaction, device, homie::State(device), kInit, false);
  Publish(transaction, device, homie::Description(device), describe(version), true);
  if (checkbox != nullptr) {
    shown_.erase(device);
    Show(transaction, device, *checkbox);
  } else {
    Publish(transaction, device, homie::State(device), kReady, true);
  }
  transaction.discovery().Put({device, absl::StrCat(version, " ", digest), {}});
}

void HomieDevices::Follow(Transaction& transaction) {
  std::vector<Checkbox> changed;
  do {
    changed = transaction.checkboxes().ChangedSince(sequence_, kPullRows);
    for (const Checkbox& checkbox : changed) {
      sequence_ = checkbox.change_sequence;
      const std::string device = topics_.Device(checkbox.name);
      // Who is not there yet is told with everything else of it, and who is gone is taken back.
      if (!checkbox.deleted && shown_.count(device) > 0) Show(transaction, device, checkbox);
    }
  } while (!changed.empty());
}

/// Target first: the value is what has become of it. Again for each version, also where the target
/// stays: so a controller sees that it was heard.
void HomieDevices::Show(Transaction& transaction, const std::string& device,
                        const Checkbox& checkbox) {
  const Shown now{checkbox.version, checkbox.desired, checkbox.reported, HomieState(checkbox)};
  const auto [entry, added] = shown_.try_emplace(device);
  Shown& before = entry->second;
  if (!added && before == now) return;
  Publish(transaction, device, homie::Target(device), HomieBoolean(now.desired), true);
  Publish(transaction, device, homie::Value(device), HomieBoolean(now.reported), true);
  if (added || before.state != now.state) {
    Publish(transaction, device, homie::State(device), now.state, true);
  }
  before = now;
}

void HomieDevices::Handle(const InboundMessage& message) {
  const auto name = topics_.ParseSet(message.topic);
  // Another bridge's device.
  if (!name.has_value()) return;
  const auto action = ParseHomieBoolean(message.payload);
  if (message.retained || !action.has_value()) {
    LOG(WARNING) << "Homie: ignored " << (message.retained ? "a retained message" : "no boolean")
                 << " on " << message.topic;
    return;
  }
  SetWish wish;
  wish.name = *name;
  wish.action = *action;
  wish.source = ChangeSource::kMqtt;
  wish.actor = "homie";
  const absl::Status status = store_.Write(
      [&](Transaction& transaction) { return rules_.Set(transaction, wish).status(); });
  if (!status.ok()) LOG(WARNING) << "Homie: " << message.topic << ": " << status.message();
}

}  // namespace chatwire::mqtt
