#include "xmpp-service/session/command_xml.h"

#include <QXmlStreamWriter>
#include <algorithm>
#include <array>
#include <utility>

#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kStanzaErrors("urn:ietf:params:xml:ns:xmpp-stanzas");

template <typename Value>
struct Named {
  QLatin1StringView name;
  Value value;
};

constexpr std::array<Named<CommandAction>, 5> kActions{{
    {QLatin1StringView("execute"), CommandAction::kExecute},
    {QLatin1StringView("next"), CommandAction::kNext},
    {QLatin1StringView("prev"), CommandAction::kPrevious},
    {QLatin1StringView("complete"), CommandAction::kComplete},
    {QLatin1StringView("cancel"), CommandAction::kCancel},
}};

constexpr std::array<Named<CommandStatus>, 3> kStatuses{{
    {QLatin1StringView("executing"), CommandStatus::kExecuting},
    {QLatin1StringView("completed"), CommandStatus::kCompleted},
    {QLatin1StringView("canceled"), CommandStatus::kCanceled},
}};

constexpr std::array<Named<CommandNoteType>, 3> kNoteTypes{{
    {QLatin1StringView("info"), CommandNoteType::kInformation},
    {QLatin1StringView("warn"), CommandNoteType::kWarning},
    {QLatin1StringView("error"), CommandNoteType::kError},
}};

template <typename Value, size_t size>
std::optional<Value> ValueOf(const std::array<Named<Value>, size>& table, const QString& name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.name == name; });
  return row == table.end() ? std::nullopt : std::optional<Value>(row->value);
}

template <typename Value, size_t size>
QLatin1StringView NameOf(const std::array<Named<Value>, size>& table, Value value) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& one) { return one.value == value; })
      ->name;
}

/// XEP-0050, section 3.4: without a list only `complete` is left; the default is `next` where that
/// is offered.
void ReadActions(const QDomElement& actions, CommandResult& result) {
  for (auto child = actions.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    const auto action = ValueOf(kActions, child.tagName());
    if (action.has_value() &&
        std::find(result.allowed.begin(), result.allowed.end(), *action) == result.allowed.end()) {
      result.allowed.push_back(*action);
    }
  }
  if (result.allowed.empty()) result.allowed = {CommandAction::kComplete};
  const auto named = ValueOf(kActions, actions.attribute(QStringLiteral("execute")));
  const bool has_next = std::find(result.allowed.begin(), result.allowed.end(),
                                  CommandAction::kNext) != result.allowed.end();
  result.default_action =
      named.value_or(has_next ? CommandAction::kNext : CommandAction::kComplete);
}

std::vector<CommandNote> NotesOf(const QDomElement& command) {
  std::vector<CommandNote> notes;
  for (auto note = command.firstChildElement(QStringLiteral("note"));
       !note.isNull() && notes.size() < CommandNote::kMaximumNotes;
       note = note.nextSiblingElement(QStringLiteral("note"))) {
    notes.push_back({ValueOf(kNoteTypes, note.attribute(QStringLiteral("type")))
                         .value_or(CommandNoteType::kInformation),
                     TruncateUtf8(note.text().toStdString(), CommandNote::kMaximumBytes)});
  }
  return notes;
}

void Begin(QXmlStreamWriter& writer, const std::string& node, const std::string& session_id) {
  writer.writeStartElement(QStringLiteral("command"));
  writer.writeDefaultNamespace(kCommandNamespace);
  writer.writeAttribute(QStringLiteral("node"), QString::fromStdString(node));
  if (!session_id.empty()) {
    writer.writeAttribute(QStringLiteral("sessionid"), QString::fromStdString(session_id));
  }
}

}  // namespace

void WriteCommandStep(QXmlStreamWriter& writer, const CommandStep& step) {
  Begin(writer, step.node, step.session_id);
  writer.writeAttribute(QStringLiteral("action"), NameOf(kActions, step.action));
  if (step.form.has_value()) WriteDataForm(writer, *step.form);
  writer.writeEndElement();
}

std::optional<CommandStep> ReadCommandStep(const QDomElement& command) {
  CommandStep step;
  step.node = command.attribute(QStringLiteral("node")).toStdString();
  step.session_id = command.attribute(QStringLiteral("sessionid")).toStdString();
  step.language = command.attribute(QStringLiteral("xml:lang")).toStdString();
  const auto action =
      ValueOf(kActions, command.attribute(QStringLiteral("action"), QStringLiteral("execute")));
  if (!action.has_value() || step.node.size() > CommandStep::kMaximumNameBytes ||
      step.session_id.size() > CommandStep::kMaximumNameBytes ||
      step.language.size() > CommandStep::kMaximumNameBytes) {
    return std::nullopt;
  }
  step.action = *action;
  step.form = FindDataForm(command);
  return step;
}

void WriteCommandResult(QXmlStreamWriter& writer, const std::string& node,
                        const CommandResult& result) {
  Begin(writer, node, result.session_id);
  writer.writeAttribute(QStringLiteral("status"), NameOf(kStatuses, result.status));
  if (result.status == CommandStatus::kExecuting) {
    writer.writeStartElement(QStringLiteral("actions"));
    writer.writeAttribute(QStringLiteral("execute"), NameOf(kActions, result.default_action));
    for (const CommandAction action : result.allowed) {
      writer.writeEmptyElement(NameOf(kActions, action));
    }
    writer.writeEndElement();
  }
  for (const CommandNote& note : result.notes) {
    writer.writeStartElement(QStringLiteral("note"));
    writer.writeAttribute(QStringLiteral("type"), NameOf(kNoteTypes, note.type));
    writer.writeCharacters(QString::fromStdString(note.text));
    writer.writeEndElement();
  }
  if (result.form.has_value()) WriteDataForm(writer, *result.form);
  writer.writeEndElement();
}

absl::StatusOr<CommandResult> ReadCommandResult(const QDomElement& command) {
  const auto status = ValueOf(kStatuses, command.attribute(QStringLiteral("status")));
  if (!status.has_value()) return BadAnswer("it does not say how far the command has come");
  CommandResult result;
  result.status = *status;
  result.session_id = command.attribute(QStringLiteral("sessionid")).toStdString();
  if (result.session_id.size() > CommandStep::kMaximumNameBytes) {
    return BadAnswer("its session id is too long");
  }
  if (*status == CommandStatus::kExecuting) {
    ReadActions(Child(command, QStringLiteral("actions"), kCommandNamespace), result);
  }
  result.form = FindDataForm(command);
  result.notes = NotesOf(command);
  return result;
}

void WriteCommandRefusal(QXmlStreamWriter& writer, const CommandRefusal& refusal) {
  writer.writeStartElement(QStringLiteral("error"));
  writer.writeAttribute(QStringLiteral("type"), QString::fromStdString(refusal.type));
  const auto write_empty = [&writer](const std::string& name, QLatin1StringView xmlns) {
    writer.writeStartElement(QString::fromStdString(name));
    writer.writeDefaultNamespace(xmlns);
    writer.writeEndElement();
  };
  write_empty(refusal.condition, kStanzaErrors);
  if (!refusal.text.empty()) {
    writer.writeStartElement(QStringLiteral("text"));
    writer.writeDefaultNamespace(kStanzaErrors);
    writer.writeCharacters(QString::fromStdString(refusal.text));
    writer.writeEndElement();
  }
  if (!refusal.specific.empty()) write_empty(refusal.specific, kCommandNamespace);
  writer.writeEndElement();
}

}  // namespace chatwire::xmpp
