#ifndef CHATWIRE_CLI_CHAT_EVENT_APPLIER_H_
#define CHATWIRE_CLI_CHAT_EVENT_APPLIER_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "cli/chat/chat_model.h"

namespace chatwire::cli {

/// Somebody has written just now.
struct IncomingMessage {
  Conversation* conversation;
  std::string author;
  std::string text;
  /// It names this account in a room.
  bool mentions = false;
};

/// Puts what the service tells into @p model. An event that comes again changes nothing.
class EventApplier {
 public:
  /// @p model must outlive this.
  explicit EventApplier(ChatModel& model) : model_(model) {}

  /// Returns a message of somebody else that was not known.
  std::optional<IncomingMessage> Apply(const xmpp::v1::Event& event, absl::Time now);

  /// A message of the past, as it stands now. Returns its conversation, and whether it was new.
  std::pair<Conversation*, bool> ApplyHistory(const xmpp::v1::HistoryMessage& message);

  /// With @p with_presence its resources are all that there are.
  void ApplyContact(const xmpp::v1::Contact& contact, bool with_presence);

  void ApplyParticipant(Conversation& room, const xmpp::v1::Participant& participant);

 private:
  std::optional<IncomingMessage> ApplyChat(const xmpp::v1::Event& event, absl::Time now);
  void ApplyChange(const xmpp::v1::Event& event, absl::Time now);
  std::optional<IncomingMessage> ApplyRoom(const xmpp::v1::Event& event, absl::Time now);
  void ApplyRoomChange(const xmpp::v1::Event& event, absl::Time now);
  void ApplyPeople(const xmpp::v1::Event& event, absl::Time now);
  void ApplyAccount(const xmpp::v1::Event& event, absl::Time now);
  void ApplySubscription(const xmpp::v1::Event& event, absl::Time now);
  std::optional<IncomingMessage> Count(Conversation& conversation, ChatMessage message, bool live,
                                       absl::Time now);
  /// The conversation with @p jid: a contact's, or that of a participant of a known room.
  Conversation& With(const std::string& jid);

  ChatModel& model_;
};

/// What to say about an account that is not online; "" for one that is.
std::string SessionTrouble(const xmpp::v1::Connection& connection);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_EVENT_APPLIER_H_
