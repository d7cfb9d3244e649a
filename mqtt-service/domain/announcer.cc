#include "mqtt-service/domain/announcer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "mqtt-service/domain/json_object.h"

namespace chatwire::mqtt {
namespace {

const char* Payload(SwitchState state) {
  switch (state) {
    case SwitchState::kOn:
      return "ON";
    case SwitchState::kOff:
      return "OFF";
    case SwitchState::kUnknown:
      break;
  }
  return "";
}

std::string Stamp(absl::Time time) {
  if (time == absl::InfinitePast() || time == absl::UnixEpoch()) return "";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

std::string ChangedBy(const Change& change) {
  switch (change.source) {
    case ChangeSource::kChat:
      return absl::StrCat("chat:", change.actor);
    case ChangeSource::kRpc:
      return absl::StrCat("rpc:", change.actor);
    case ChangeSource::kMqtt:
      return change.actor.empty() ? "mqtt" : absl::StrCat("mqtt:", change.actor);
    case ChangeSource::kPanel:
      return change.actor.empty() ? "panel" : absl::StrCat("panel:", change.actor);
    case ChangeSource::kForm:
      return absl::StrCat("form:", change.actor);
    case ChangeSource::kDevice:
      return "device";
    case ChangeSource::kExpiry:
      return "expiry";
    case ChangeSource::kNone:
      break;
  }
  return "";
}

const char* KindWord(HistoryKind kind) {
  switch (kind) {
    case HistoryKind::kCreated:
      return "created";
    case HistoryKind::kSet:
      return "set";
    case HistoryKind::kReported:
      return "reported";
    case HistoryKind::kExpired:
      return "expired";
    case HistoryKind::kRefused:
      return "refused";
    case HistoryKind::kDeleted:
      return "deleted";
    case HistoryKind::kUpdated:
      return "updated";
    case HistoryKind::kUnknown:
      break;
  }
  return "changed";
}

const char* SourceWord(ChatSource source) {
  switch (source) {
    case ChatSource::kLive:
      return "live";
    case ChatSource::kArchive:
      return "archive";
    case ChatSource::kCarbon:
      return "carbon";
    case ChatSource::kApi:
      return "api";
  }
  return "live";
}

std::string ChatPayload(const ChatEvent& event) {
  return JsonObject()
      .Text("account", event.account)
      .TextOrNull("from", event.sent ? event.account : event.from)
      .TextOrNull("to", event.to)
      .Text("body", event.body)
      .TextOrNull("message_id", event.message_id)
      .Text("event_id", event.event_id)
      .Text("source", SourceWord(event.source))
      .TextOrNull("sent_at", Stamp(event.sent_time))
      .Bool("truncated", event.body_truncated)
      .Take();
}

OutboxMessage Retained(std::string topic, std::string payload) {
  OutboxMessage message;
  message.ordering_key = topic;
  message.coalesce = true;
  message.topic = std::move(topic);
  message.payload = std::move(payload);
  message.retain = true;
  return message;
}

}  // namespace

std::string StatePayload(const Checkbox& checkbox) {
  JsonObject json;
  json.TextOrNull("state", Payload(checkbox.reported))
      .TextOrNull("desired", Payload(checkbox.desired))
      .Int("version", checkbox.version);
  if (checkbox.availability == Availability::kUnknown) {
    json.Null("available");
  } else {
    json.Bool("available", checkbox.availability == Availability::kOnline);
  }
  return json.Text("title", checkbox.title.empty() ? checkbox.name : checkbox.title)
      .TextOrNull("changed_by", ChangedBy(checkbox.last_change))
      .TextOrNull("changed_at", Stamp(checkbox.last_change.time))
      .Bool("pending", !checkbox.pending_command.empty())
      .TextOrNull("correlation_id", checkbox.pending_command)
      .Take();
}

std::string HistoryPayload(const std::string& name, const std::vector<HistoryEntry>& entries) {
  std::vector<std::string> lines;
  for (const HistoryEntry& entry : entries) {
    lines.push_back(JsonObject()
                        .TextOrNull("at", Stamp(entry.change.time))
                        .Text("what", KindWord(entry.kind))
                        .TextOrNull("state", Payload(entry.reported))
                        .TextOrNull("desired", Payload(entry.desired))
                        .Int("version", entry.version)
                        .TextOrNull("by", ChangedBy(entry.change))
                        .Take());
  }
  return JsonObject().Text("name", name).Objects("history", lines).Take();
}

Announcer::Announcer(Topics topics) : topics_(std::move(topics)) {}

void Announcer::State(Transaction& transaction, const Checkbox& checkbox) const {
  transaction.outbox().Add(Retained(topics_.State(checkbox.name), StatePayload(checkbox)));
}

void Announcer::Clear(Transaction& transaction, const std::string& name) const {
  transaction.outbox().Add(Retained(topics_.State(name), ""));
  transaction.outbox().Add(Retained(topics_.DeviceAvailability(name), ""));
}

std::string CommandTopic(const Topics& topics, const Checkbox& checkbox) {
  return checkbox.device.bound() ? checkbox.device.command_topic : topics.Command(checkbox.name);
}

void Announcer::Ask(Transaction& transaction, const Checkbox& checkbox,
                    const Command& command) const {
  OutboxMessage message;
  message.topic = CommandTopic(topics_, checkbox);
  message.ordering_key = message.topic;
  message.payload = Payload(command.desired);
  if (checkbox.device.bound()) {
    message.payload = checkbox.device.Payload(command.desired == SwitchState::kOn);
    message.qos = checkbox.device.qos;
  }
  message.correlation_data = command.id;
  message.expire_time = command.expire_time;
  message.command_id = command.id;
  transaction.outbox().Add(message);
}

void Announcer::Online(Transaction& transaction) const {
  transaction.outbox().Add(Retained(topics_.BridgeState(), "online"));
}

void Announcer::Chat(Transaction& transaction, const ChatEvent& event) const {
  OutboxMessage message;
  message.topic = event.sent ? topics_.ChatOut(event.account) : topics_.ChatIn(event.account);
  message.ordering_key = message.topic;
  message.payload = ChatPayload(event);
  transaction.outbox().Add(message);
}

void Announcer::Respond(Transaction& transaction, const std::string& topic,
                        const std::string& correlation_data, const std::string& payload,
                        absl::Time expire_time) const {
  OutboxMessage message;
  message.topic = topic;
  message.ordering_key = topic;
  message.payload = payload;
  message.correlation_data = correlation_data;
  message.expire_time = expire_time;
  transaction.outbox().Add(message);
}

}  // namespace chatwire::mqtt
