#ifndef CHATWIRE_CLI_CHAT_CONVERSATION_H_
#define CHATWIRE_CLI_CHAT_CONVERSATION_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "cli/chat/chat_message.h"

namespace chatwire::cli {

/// With whom a conversation is.
enum class ChatKind {
  kContact,
  kRoom,
  /// One participant of a room (XEP-0045, section 7.5).
  kPrivate,
};

/// How available a contact is, best first.
enum class ContactState { kChat, kOnline, kAway, kExtendedAway, kBusy, kOffline };

/// A file on its way.
struct FileProgress {
  std::string name;
  int64_t done = 0;
  /// 0: unknown.
  int64_t total = 0;
};

/// How far the server's archive was read, which goes on where the service's log ends.
struct ArchivePages {
  bool begun = false;
  /// Nothing older is there.
  bool finished = false;
  /// What is newer is in the log.
  absl::Time end = absl::InfiniteFuture();
  /// For the page before; empty: the first.
  std::string page;
  int64_t fetched = 0;
  /// 0: unknown.
  int64_t total = 0;
  /// Why the last page did not come.
  std::string trouble;
};

/// One conversation as it is known here. Messages stand in the order of the service's log; what is
/// not in it yet stands behind.
class Conversation {
 public:
  Conversation(ChatKind kind, std::string jid) : kind_(kind), jid_(std::move(jid)) {}

  ChatKind kind() const { return kind_; }
  /// Bare JID of a contact or a room; `room@service/nick` of a participant.
  const std::string& jid() const { return jid_; }
  void SetKind(ChatKind kind) { kind_ = kind; }

  const std::vector<ChatMessage>& messages() const { return messages_; }

  /// Adds a message. One that is there already (by its position in the log, or as one that is being
  /// sent) becomes what @p message says. Returns whether it is a new one.
  bool Add(ChatMessage message);

  /// Adds a message of the server's archive before all that is there, so newer ones come first.
  /// @p replaces_id: it corrects the message with this id (XEP-0308), and is none of its own.
  /// Returns whether there is a message more: not when it was there already.
  bool AddArchived(ChatMessage message, const std::string& replaces_id);

  /// A line of the program, behind what is there.
  void Say(ChatMessage::Kind kind, const std::string& text, absl::Time now);

  /// The message with this id of its author (or, in a room, of the room); nullptr for none.
  ChatMessage* Find(const std::string& id);
  ChatMessage* FindRequest(const std::string& request_id);
  /// The last message of this account, or of somebody else, that was not taken back.
  ChatMessage* Last(bool own);

  /// Notes how far a message has come, never backwards. kDisplayed holds for what is before, too.
  void SetDelivery(const std::string& id, Delivery delivery, const std::string& failure = "");

  /// Somebody types, or does not any more.
  void SetTyping(const std::string& who, bool typing, absl::Time now);
  /// Who types. Nobody types for longer than 30 s without saying so again.
  std::vector<std::string> Typing(absl::Time now) const;

  /// Room: who is in it, by nick; the value is shown with it, such as `moderator`.
  std::map<std::string, std::string>& people() { return people_; }
  const std::map<std::string, std::string>& people() const { return people_; }
  /// Nicks, those who spoke last first, without one's own.
  std::vector<std::string> NicksByActivity() const;

  std::string name;
  /// It stands in the list although nothing was said: it was opened.
  bool open = false;
  int unread = 0;
  /// Somebody has named this account.
  bool mentioned = false;
  /// Its newest page has been asked for.
  bool loaded = false;
  /// For the page before; empty: there is none.
  std::string older_page;
  bool loading = false;
  ArchivePages archive;
  /// A contact: what each resource shows.
  std::map<std::string, ContactState> resources;
  std::string status;
  bool in_roster = false;
  /// A room: one's own nick, what it is about, and whether one is in it.
  std::string own_nick;
  std::string topic;
  bool joined = false;
  std::vector<FileProgress> files;

  ContactState state() const;

 private:
  ChatMessage* Known(const ChatMessage& message);
  void Insert(ChatMessage message);
  bool HasArchived(const ChatMessage& message) const;

  ChatKind kind_;
  std::string jid_;
  std::vector<ChatMessage> messages_;
  int64_t next_uid_ = 1;
  int64_t oldest_order_ = 0;
  /// Newer texts of messages that have not come yet, by author and id.
  std::map<std::pair<std::string, std::string>, std::string> corrections_;
  std::map<std::string, absl::Time> typing_;
  std::map<std::string, std::string> people_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CONVERSATION_H_
