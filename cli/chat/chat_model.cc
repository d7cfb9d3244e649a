#include "cli/chat/chat_model.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/substitute.h"
#include "cli/translate.h"

namespace chatwire::cli {

std::string BareJid(const std::string& jid) { return jid.substr(0, jid.find('/')); }

std::string ResourceOf(const std::string& jid) {
  const size_t slash = jid.find('/');
  return slash == std::string::npos ? "" : jid.substr(slash + 1);
}

std::string ShortName(const std::string& jid) {
  const size_t at = jid.find('@');
  return at == std::string::npos || at == 0 ? jid : jid.substr(0, at);
}

Conversation& ChatModel::Open(ChatKind kind, const std::string& jid) {
  const std::string bare = absl::AsciiStrToLower(BareJid(jid));
  const std::string key = kind == ChatKind::kPrivate ? bare + "/" + ResourceOf(jid) : bare;
  Conversation* const known = Find(key);
  if (known != nullptr) return *known;
  conversations_.push_back(std::make_unique<Conversation>(kind, key));
  Conversation& made = *conversations_.back();
  made.name = kind == ChatKind::kPrivate
                  ? absl::Substitute(Tr("$0 in $1"), ResourceOf(key), ShortName(bare))
                  : ShortName(bare);
  return made;
}

Conversation* ChatModel::Find(const std::string& jid) const {
  for (const auto& conversation : conversations_) {
    if (conversation->jid() == jid) return conversation.get();
  }
  return nullptr;
}

std::vector<Conversation*> ChatModel::Listed() const {
  std::vector<Conversation*> listed;
  std::vector<Conversation*> contacts;
  for (const auto& conversation : conversations_) {
    const bool stranger = conversation.get() == current_ && !conversation->in_roster;
    if (conversation->open || stranger) {
      listed.push_back(conversation.get());
    } else if (conversation->in_roster) {
      contacts.push_back(conversation.get());
    }
  }
  std::sort(contacts.begin(), contacts.end(), [](const Conversation* a, const Conversation* b) {
    const auto key = [](const Conversation* c) {
      return std::make_tuple(c->state() == ContactState::kOffline, absl::AsciiStrToLower(c->name),
                             c->jid());
    };
    return key(a) < key(b);
  });
  listed.insert(listed.end(), contacts.begin(), contacts.end());
  return listed;
}

void ChatModel::Select(Conversation& conversation) {
  current_ = &conversation;
  conversation.unread = 0;
  conversation.mentioned = false;
}

void ChatModel::SelectNext(int step) {
  const std::vector<Conversation*> listed = Listed();
  if (listed.empty()) return;
  const auto at = std::find(listed.begin(), listed.end(), current_);
  const auto count = static_cast<int>(listed.size());
  const int now = at == listed.end() ? (step > 0 ? -1 : 0) : static_cast<int>(at - listed.begin());
  Select(*listed[static_cast<size_t>(((now + step) % count + count) % count)]);
}

bool ChatModel::SelectUnread() {
  const std::vector<Conversation*> listed = Listed();
  const auto at = std::find(listed.begin(), listed.end(), current_);
  const size_t start = at == listed.end() ? 0 : static_cast<size_t>(at - listed.begin());
  for (size_t i = 1; i <= listed.size(); ++i) {
    Conversation* const next = listed[(start + i) % listed.size()];
    if (next->unread == 0) continue;
    Select(*next);
    return true;
  }
  return false;
}

void ChatModel::Close(Conversation& conversation) {
  conversation.open = false;
  if (current_ != &conversation) return;
  current_ = nullptr;
  const std::vector<Conversation*> listed = Listed();
  if (!listed.empty() && listed.front()->open) Select(*listed.front());
}

void ChatModel::CountUnread(Conversation& conversation, bool mentions) {
  conversation.open = true;
  if (&conversation == current_) return;
  ++conversation.unread;
  conversation.mentioned = conversation.mentioned || mentions;
}

int ChatModel::unread() const {
  int count = 0;
  for (const auto& conversation : conversations_) count += conversation->unread;
  return count;
}

}  // namespace chatwire::cli
