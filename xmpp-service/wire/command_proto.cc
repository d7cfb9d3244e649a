#include "xmpp-service/wire/command_proto.h"

#include <algorithm>
#include <set>
#include <utility>

#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kLongestTimeout = absl::Seconds(60);

using ProtoNotes = google::protobuf::RepeatedPtrField<v1::CommandNote>;

absl::Status BadCommand(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_COMMAND", why);
}

bool IsName(const std::string& text) {
  return !text.empty() && text.size() <= CommandStep::kMaximumNameBytes && IsXmlText(text);
}

v1::CommandAction ActionToProto(CommandAction action) {
  return static_cast<v1::CommandAction>(action);
}

/// Unset means @p otherwise.
absl::StatusOr<CommandAction> ActionFromProto(int action, CommandAction otherwise) {
  if (action == v1::COMMAND_ACTION_UNSPECIFIED) return otherwise;
  if (!v1::CommandAction_IsValid(action)) return BadCommand("an action is unknown");
  return static_cast<CommandAction>(action);
}

void NotesToProto(const std::vector<CommandNote>& notes, ProtoNotes& protos) {
  for (const CommandNote& note : notes) {
    auto* shown = protos.Add();
    shown->set_type(static_cast<v1::CommandNoteType>(note.type));
    shown->set_text(note.text);
  }
}

absl::StatusOr<std::vector<CommandNote>> NotesFromProto(const ProtoNotes& protos) {
  std::vector<CommandNote> notes;
  for (const auto& proto : protos) {
    if (notes.size() == CommandNote::kMaximumNotes ||
        proto.text().size() > CommandNote::kMaximumBytes || !IsXmlText(proto.text())) {
      return BadCommand(
          "there are over 20 notes, or one is over 4,096 bytes or has a character that XML cannot "
          "carry");
    }
    const bool known = proto.type() != v1::COMMAND_NOTE_TYPE_UNSPECIFIED &&
                       v1::CommandNoteType_IsValid(proto.type());
    notes.push_back(
        {known ? static_cast<CommandNoteType>(proto.type()) : CommandNoteType::kInformation,
         proto.text()});
  }
  return notes;
}

/// What the kinds of answers share.
template <typename Proto>
absl::StatusOr<CommandReply> ResultFromProto(const Proto& proto, CommandResult result) {
  auto notes = NotesFromProto(proto.notes());
  if (!notes.ok()) return notes.status();
  result.notes = *std::move(notes);
  if constexpr (!std::is_same_v<Proto, v1::CommandCancels>) {
    if (proto.has_form()) {
      auto form = FromProto(proto.form());
      if (!form.ok()) return form.status();
      result.form = *std::move(form);
    }
  }
  return result;
}

absl::StatusOr<CommandReply> ContinuationFromProto(const v1::CommandContinues& proto) {
  CommandResult result;
  result.status = CommandStatus::kExecuting;
  for (const int number : proto.allowed_actions()) {
    const auto action = ActionFromProto(number, CommandAction::kExecute);
    if (!action.ok()) return action.status();
    if (*action == CommandAction::kExecute || *action == CommandAction::kCancel) {
      return BadCommand("only NEXT, PREVIOUS and COMPLETE are actions that can be allowed");
    }
    if (std::find(result.allowed.begin(), result.allowed.end(), *action) == result.allowed.end()) {
      result.allowed.push_back(*action);
    }
  }
  if (result.allowed.empty()) result.allowed = {CommandAction::kComplete};
  const auto is_allowed = [&result](CommandAction action) {
    return std::find(result.allowed.begin(), result.allowed.end(), action) != result.allowed.end();
  };
  CommandAction otherwise = result.allowed.front();
  if (is_allowed(CommandAction::kComplete)) otherwise = CommandAction::kComplete;
  if (is_allowed(CommandAction::kNext)) otherwise = CommandAction::kNext;
  const auto chosen = ActionFromProto(proto.default_action(), otherwise);
  if (!chosen.ok()) return chosen.status();
  if (!is_allowed(*chosen)) return BadCommand("`default_action` is not one of the allowed ones");
  result.default_action = *chosen;
  return ResultFromProto(proto, std::move(result));
}

absl::StatusOr<CommandReply> RefusalFromProto(const v1::CommandFails& proto) {
  if (proto.text().size() > CommandNote::kMaximumBytes || !IsXmlText(proto.text())) {
    return BadCommand("`text` is over 4,096 bytes or has a character that XML cannot carry");
  }
  switch (proto.error()) {
    case v1::COMMAND_ERROR_FORBIDDEN:
      return CommandRefusal{"auth", "forbidden", "", proto.text()};
    case v1::COMMAND_ERROR_NOT_FOUND:
      return CommandRefusal{"cancel", "item-not-found", "", proto.text()};
    case v1::COMMAND_ERROR_CONFLICT:
      return CommandRefusal{"cancel", "conflict", "", proto.text()};
    case v1::COMMAND_ERROR_BUSY:
      return CommandRefusal{"wait", "resource-constraint", "", proto.text()};
    case v1::COMMAND_ERROR_INTERNAL:
      return CommandRefusal{"wait", "internal-server-error", "", proto.text()};
    default:
      return CommandRefusal{"modify", "bad-request", "bad-payload", proto.text()};
  }
}

absl::Status CheckCommands(const v1::OfferCommandsRequest& proto) {
  if (proto.commands().empty() ||
      static_cast<size_t>(proto.commands_size()) > CommandOffer::kMaximumCommands) {
    return BadCommand("an offer has 1 to 50 commands");
  }
  std::set<std::string> nodes;
  for (const auto& command : proto.commands()) {
    if (!IsName(command.node()) || !IsName(command.name())) {
      return BadCommand(
          "a node or name is empty, over 1,023 bytes, or has a character that XML cannot carry");
    }
    if (!nodes.insert(command.node()).second) return BadCommand("a node is there twice");
  }
  return absl::OkStatus();
}

}  // namespace

v1::Command ToProto(const Command& command) {
  v1::Command proto;
  proto.set_node(command.node);
  proto.set_name(command.name);
  proto.set_jid(command.jid);
  return proto;
}

v1::RunCommandResponse ToProto(const CommandResult& result) {
  v1::RunCommandResponse proto;
  proto.set_status(static_cast<v1::CommandStatus>(result.status));
  proto.set_session_id(result.session_id);
  if (result.status == CommandStatus::kExecuting) {
    for (const auto action : result.allowed) proto.add_allowed_actions(ActionToProto(action));
    proto.set_default_action(ActionToProto(result.default_action));
  }
  if (result.form.has_value()) *proto.mutable_form() = ToProto(*result.form);
  NotesToProto(result.notes, *proto.mutable_notes());
  return proto;
}

v1::CommandRequested ToProto(const CommandRequest& request) {
  v1::CommandRequested proto;
  proto.set_session_id(request.session_id);
  proto.set_step(request.step);
  proto.set_node(request.what.node);
  proto.set_from(request.what.jid);
  proto.set_from_contact(request.from_contact);
  proto.set_action(ActionToProto(request.what.action));
  if (request.what.form.has_value()) *proto.mutable_form() = ToProto(*request.what.form);
  proto.set_language(request.what.language);
  return proto;
}

absl::StatusOr<CommandStep> FromProto(const v1::RunCommandRequest& proto) {
  const bool session_is_name = proto.session_id().empty() || IsName(proto.session_id());
  if (!IsName(proto.node()) || !session_is_name) {
    return BadCommand(
        "`node` is empty, or `node` or `session_id` is over 1,023 bytes or has a character that "
        "XML cannot carry");
  }
  const auto action = ActionFromProto(proto.action(), CommandAction::kExecute);
  if (!action.ok()) return action.status();
  CommandStep step;
  step.node = proto.node();
  step.session_id = proto.session_id();
  step.action = *action;
  if (proto.has_form()) {
    auto form = FromProto(proto.form());
    if (!form.ok()) return form.status();
    step.form = *std::move(form);
  }
  return step;
}

absl::StatusOr<CommandOffer> FromProto(const v1::OfferCommandsRequest& proto) {
  const absl::Status checked = CheckCommands(proto);
  if (!checked.ok()) return checked;
  if (!v1::CommandAudience_IsValid(proto.audience())) return BadCommand("`audience` is unknown");
  if (static_cast<size_t>(proto.allowed_jids_size()) > CommandOffer::kMaximumAllowed) {
    return BadCommand("`allowed_jids` has more than 1,000 entries");
  }
  CommandOffer offer;
  for (const auto& command : proto.commands()) {
    offer.commands.push_back({command.node(), command.name(), ""});
  }
  if (proto.audience() != v1::COMMAND_AUDIENCE_UNSPECIFIED) {
    offer.audience = static_cast<CommandAudience>(proto.audience());
  }
  for (const std::string& text : proto.allowed_jids()) {
    const auto jid = Jid::Parse(text);
    if (!jid.ok()) return jid.status();
    offer.allowed.insert(jid->Bare());
  }
  if (proto.has_answer_timeout()) {
    offer.answer_timeout = chatwire::FromProto(proto.answer_timeout());
    if (offer.answer_timeout <= absl::ZeroDuration() || offer.answer_timeout > kLongestTimeout) {
      return BadCommand("`answer_timeout` is not within 0 and 60 s");
    }
  }
  return offer;
}

absl::StatusOr<CommandReply> FromProto(const v1::AnswerCommandRequest& proto) {
  switch (proto.answer_case()) {
    case v1::AnswerCommandRequest::kContinues:
      return ContinuationFromProto(proto.continues());
    case v1::AnswerCommandRequest::kCompletes: {
      CommandResult result;
      result.status = CommandStatus::kCompleted;
      return ResultFromProto(proto.completes(), std::move(result));
    }
    case v1::AnswerCommandRequest::kCancels: {
      CommandResult result;
      result.status = CommandStatus::kCanceled;
      return ResultFromProto(proto.cancels(), std::move(result));
    }
    case v1::AnswerCommandRequest::kFails:
      return RefusalFromProto(proto.fails());
    case v1::AnswerCommandRequest::ANSWER_NOT_SET:
      break;
  }
  return BadCommand("no answer is set");
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(CommandAction::kExecute) == v1::COMMAND_ACTION_EXECUTE);
static_assert(static_cast<int>(CommandAction::kCancel) == v1::COMMAND_ACTION_CANCEL);
static_assert(static_cast<int>(CommandStatus::kCanceled) == v1::COMMAND_STATUS_CANCELED);
static_assert(static_cast<int>(CommandNoteType::kError) == v1::COMMAND_NOTE_TYPE_ERROR);
static_assert(static_cast<int>(CommandAudience::kEverybody) == v1::COMMAND_AUDIENCE_EVERYBODY);
static_assert(static_cast<int>(CommandEndReason::kIdle) == v1::COMMAND_END_REASON_IDLE);

}  // namespace chatwire::xmpp
