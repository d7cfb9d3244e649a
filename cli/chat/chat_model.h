#ifndef CHATWIRE_CLI_CHAT_CHAT_MODEL_H_
#define CHATWIRE_CLI_CHAT_CHAT_MODEL_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "cli/chat/conversation.h"

namespace chatwire::cli {

/// All that an interactive chat knows and shows: plain data with the rules that hold for it. Knows
/// neither terminal nor service. Not thread-safe.
class ChatModel {
 public:
  /// The conversation with @p jid, which is made where there is none. A resource is cut off unless
  /// @p kind is kPrivate.
  Conversation& Open(ChatKind kind, const std::string& jid);
  Conversation* Find(const std::string& jid) const;

  /// What the list shows, in its order: what was opened or has messages, then the other contacts.
  std::vector<Conversation*> Listed() const;
  const std::vector<std::unique_ptr<Conversation>>& all() const { return conversations_; }

  /// The one that is shown; nullptr before the first.
  Conversation* current() const { return current_; }
  /// Shows @p conversation: nothing in it is unread any more.
  void Select(Conversation& conversation);
  /// Shows the one @p step places further in the list, around its end.
  void SelectNext(int step);
  /// Shows the next one with something unread; returns whether there is one.
  bool SelectUnread();
  /// Takes it out of the list; a contact stays among the contacts.
  void Close(Conversation& conversation);

  /// Counts a message that came just now, unless its conversation is shown.
  void CountUnread(Conversation& conversation, bool mentions);
  int unread() const;

  std::string account;
  /// Whether the service's event stream is up; else why not.
  bool stream_up = false;
  std::string stream_trouble;
  /// Whether the account's session with its server is up; else how it stands.
  bool online = true;
  std::string session_trouble;
  /// What the program said last of itself: a warning, or a call with --verbose.
  std::string remark;
  /// What was told last while no conversation was shown.
  std::string notice;

 private:
  std::vector<std::unique_ptr<Conversation>> conversations_;
  Conversation* current_ = nullptr;
};

/// `alice@example.org` of `alice@example.org/phone`.
std::string BareJid(const std::string& jid);
/// `phone` of it; "" without one.
std::string ResourceOf(const std::string& jid);
/// What to show for a JID that has no name: `alice` in one's own domain's list is enough.
std::string ShortName(const std::string& jid);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_MODEL_H_
