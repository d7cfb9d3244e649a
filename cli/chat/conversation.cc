#include "cli/chat/conversation.h"

#include <algorithm>
#include <limits>
#include <set>

namespace chatwire::cli {
namespace {

constexpr absl::Duration kLongestTyping = absl::Seconds(30);
/// The journal and an archive may give one message times that differ, by their clocks or by a
/// queue.
constexpr absl::Duration kSameMessage = absl::Hours(1);
/// Behind everything that is in the log.
constexpr int64_t kNotInTheLog = std::numeric_limits<int64_t>::max();

}  // namespace

ChatMessage* Conversation::Known(const ChatMessage& message) {
  if (message.sequence == 0) return nullptr;
  ChatMessage* waiting = nullptr;
  for (ChatMessage& known : messages_) {
    if (known.sequence == message.sequence) return &known;
    const bool sending = message.own && known.own && known.sequence == 0 && !known.archived &&
                         known.kind == ChatMessage::Kind::kText;
    if (!sending || waiting != nullptr) continue;
    // The service's answer, which has the id, may come later than the event: then the oldest one
    // with this text is meant, since they are sent one after the other.
    const bool same = known.id.empty() ? known.text == message.text : known.id == message.id;
    if (same) waiting = &known;
  }
  return waiting;
}

void Conversation::Insert(ChatMessage message) {
  message.order = message.sequence;
  if (message.sequence == 0 && message.kind == ChatMessage::Kind::kText) {
    message.order = kNotInTheLog;
  } else if (message.sequence == 0) {
    // A line of the program belongs behind what had happened before it.
    for (const ChatMessage& before : messages_) {
      if (before.order != kNotInTheLog) message.order = before.order;
    }
  }
  const auto behind =
      std::upper_bound(messages_.begin(), messages_.end(), message.order,
                       [](int64_t order, const ChatMessage& other) { return order < other.order; });
  messages_.insert(behind, std::move(message));
}

bool Conversation::Add(ChatMessage message) {
  ChatMessage* const known = Known(message);
  if (known == nullptr) {
    message.uid = next_uid_++;
    Insert(std::move(message));
    return true;
  }
  message.uid = known->uid;
  message.request_id = known->request_id;
  message.delivery = std::max(message.delivery, known->delivery);
  if (message.id.empty()) message.id = known->id;
  messages_.erase(messages_.begin() + (known - messages_.data()));
  Insert(std::move(message));
  return false;
}

/// Ids of others may come again after a while; one's own, and those of an archive, do not.
bool Conversation::HasArchived(const ChatMessage& message) const {
  return std::any_of(messages_.begin(), messages_.end(), [&](const ChatMessage& known) {
    if (known.kind != ChatMessage::Kind::kText) return false;
    const bool both = !known.archive_id.empty() && !message.archive_id.empty();
    if (both || known.archived) return both && known.archive_id == message.archive_id;
    if (known.own != message.own || known.id != message.id) return false;
    const bool near = absl::AbsDuration(known.time - message.time) < kSameMessage;
    return message.id.empty() ? near && known.text == message.text : near || message.own;
  });
}

bool Conversation::AddArchived(ChatMessage message, const std::string& replaces_id) {
  const auto key = [&](const std::string& id) { return std::pair(message.author, id); };
  // The newest correction comes first.
  if (!replaces_id.empty()) return corrections_.emplace(key(replaces_id), message.text), false;
  if (HasArchived(message)) return false;
  const auto newer = corrections_.find(key(message.id));
  if (newer != corrections_.end()) {
    message.text = newer->second;
    message.edited = true;
  }
  message.archived = true;
  message.uid = next_uid_++;
  message.order = --oldest_order_;
  messages_.insert(messages_.begin(), std::move(message));
  return true;
}

void Conversation::Say(ChatMessage::Kind kind, const std::string& text, absl::Time now) {
  ChatMessage line;
  line.kind = kind;
  line.text = text;
  line.time = now;
  line.uid = next_uid_++;
  Insert(std::move(line));
}

ChatMessage* Conversation::Find(const std::string& id) {
  if (id.empty()) return nullptr;
  // From the end: ids of others are not unique, and the newest is meant.
  for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
    if (message->id == id || message->stanza_id == id) return &*message;
  }
  return nullptr;
}

ChatMessage* Conversation::FindRequest(const std::string& request_id) {
  for (ChatMessage& message : messages_) {
    if (message.request_id == request_id) return &message;
  }
  return nullptr;
}

ChatMessage* Conversation::Last(bool own) {
  for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
    const bool text = message->kind == ChatMessage::Kind::kText && !message->retracted;
    if (text && message->own == own) return &*message;
  }
  return nullptr;
}

void Conversation::SetDelivery(const std::string& id, Delivery delivery,
                               const std::string& failure) {
  ChatMessage* const message = Find(id);
  if (message == nullptr || !message->own) return;
  message->delivery = std::max(message->delivery, delivery);
  message->failure = failure;
  if (delivery != Delivery::kDisplayed) return;
  for (ChatMessage* before = messages_.data(); before != message; ++before) {
    const bool came = before->own && before->delivery >= Delivery::kServer;
    if (came && before->delivery < Delivery::kDisplayed) before->delivery = Delivery::kDisplayed;
  }
}

void Conversation::SetTyping(const std::string& who, bool typing, absl::Time now) {
  if (typing) {
    typing_[who] = now;
  } else {
    typing_.erase(who);
  }
}

std::vector<std::string> Conversation::Typing(absl::Time now) const {
  std::vector<std::string> who;
  for (const auto& [writer, since] : typing_) {
    if (now - since < kLongestTyping) who.push_back(writer);
  }
  return who;
}

std::vector<std::string> Conversation::NicksByActivity() const {
  std::vector<std::string> nicks;
  std::set<std::string> seen = {own_nick};
  for (auto message = messages_.rbegin(); message != messages_.rend(); ++message) {
    const bool here = people_.count(message->author) > 0;
    if (here && seen.insert(message->author).second) nicks.push_back(message->author);
  }
  for (const auto& [nick, role] : people_) {
    if (seen.insert(nick).second) nicks.push_back(nick);
  }
  return nicks;
}

ContactState Conversation::state() const {
  ContactState best = ContactState::kOffline;
  for (const auto& [resource, shown] : resources) best = std::min(best, shown);
  return best;
}

}  // namespace chatwire::cli
