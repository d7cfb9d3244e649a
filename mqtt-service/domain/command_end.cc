#include "mqtt-service/domain/command_end.h"

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "mqtt-service/domain/room_talk.h"

namespace chatwire::mqtt {

void OweReply(Transaction& transaction, const ChatOrigin& origin, ReplyPhase phase,
              const std::string& text) {
  if (origin.account.empty() || text.empty()) return;
  OwedReply reply;
  reply.request_id = DerivedUuid(
      "chatwire-reply",
      absl::StrCat(origin.event_id, ":", phase == ReplyPhase::kAnswer ? "answer" : "late",
                   origin.part == 0 ? "" : absl::StrCat(":", origin.part)));
  reply.account = origin.account;
  reply.to = origin.from;
  reply.place = origin.place;
  reply.text = origin.place == ChatPlace::kRoom ? ToNick(ResourceOf(origin.from), text) : text;
  transaction.chat().AddReply(reply);
}

void EndCommand(Transaction& transaction, Command& command, CommandStatus status,
                const std::string& text) {
  command.status = status;
  transaction.commands().Update(command);
  if (status != CommandStatus::kConfirmed) transaction.outbox().RemoveCommand(command.id);
  const bool as_expected = status == CommandStatus::kConfirmed && !command.told_unconfirmed;
  if (command.origin.quiet && as_expected) return;
  OweReply(transaction, command.origin,
           command.told_unconfirmed ? ReplyPhase::kLate : ReplyPhase::kAnswer, text);
}

}  // namespace chatwire::mqtt
