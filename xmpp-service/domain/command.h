#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

#include "xmpp-service/domain/data_form.h"

namespace chatwire::xmpp {

/// A command that somebody offers (XEP-0050).
struct Command {
  std::string node;
  std::string name;
  std::string jid;
};

/// What to do with a command (XEP-0050, section 3.4).
enum class CommandAction { kExecute = 1, kNext = 2, kPrevious = 3, kComplete = 4, kCancel = 5 };

/// How far a command has come.
enum class CommandStatus { kExecuting = 1, kCompleted = 2, kCanceled = 3 };

enum class CommandNoteType { kInformation = 1, kWarning = 2, kError = 3 };

/// A text for the person.
struct CommandNote {
  static constexpr size_t kMaximumBytes = 4096;
  static constexpr size_t kMaximumNotes = 20;

  CommandNoteType type = CommandNoteType::kInformation;
  std::string text;
};

/// One step that somebody takes.
struct CommandStep {
  static constexpr size_t kMaximumNameBytes = 1023;

  /// Who offers the command, or who runs it.
  std::string jid;
  std::string node;
  /// Empty: it begins.
  std::string session_id;
  CommandAction action = CommandAction::kExecute;
  std::optional<DataForm> form;
  std::string language;
};

/// What a step leads to.
struct CommandResult {
  CommandStatus status = CommandStatus::kCompleted;
  std::string session_id;
  /// Without kExecute and kCancel.
  std::vector<CommandAction> allowed;
  CommandAction default_action = CommandAction::kComplete;
  std::optional<DataForm> form;
  std::vector<CommandNote> notes;
};

/// Why a step is refused: a stanza error.
struct CommandRefusal {
  /// RFC 6120, section 8.3.2: `cancel`, `auth`, `modify`, `wait`.
  std::string type;
  /// RFC 6120, section 8.3.3, such as `bad-request`.
  std::string condition;
  /// XEP-0050, section 4.4, such as `bad-sessionid`. May be empty.
  std::string specific;
  std::string text;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_H_
