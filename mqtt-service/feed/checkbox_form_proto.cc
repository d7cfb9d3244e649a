#include "mqtt-service/feed/checkbox_form_proto.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "mqtt-service/domain/reply_text.h"
#include "mqtt-service/domain/say.h"

namespace chatwire::mqtt {
namespace {

namespace v1 = xmpp::v1;

FormStep::Action ActionFromProto(v1::CommandAction action) {
  switch (action) {
    case v1::COMMAND_ACTION_NEXT:
      return FormStep::Action::kNext;
    case v1::COMMAND_ACTION_PREVIOUS:
      return FormStep::Action::kPrevious;
    case v1::COMMAND_ACTION_COMPLETE:
      return FormStep::Action::kComplete;
    default:
      return FormStep::Action::kBegin;
  }
}

std::string Title(Language language) {
  return std::string(reply_text::Say(language, "Checkboxes", "Interruptores", "Interruptores"));
}

/// Few clients show a description: where the tick does not say it all, the label does.
std::string LabelOf(const FormBox& box, Language language) {
  const Checkbox& now = box.now;
  const bool as_wanted = now.reported == now.desired && now.pending_command.empty() &&
                         now.availability != Availability::kOffline;
  return as_wanted ? box.label : absl::StrCat(box.label, ": ", reply_text::State(now, language));
}

}  // namespace

FormStep StepFromProto(const v1::CommandRequested& requested) {
  FormStep step;
  step.session_id = requested.session_id();
  step.from = requested.from();
  step.from_contact = requested.from_contact();
  step.action = ActionFromProto(requested.action());
  for (const v1::FormField& field : requested.form().fields()) {
    if (field.values_size() != 1) continue;
    step.ticked[field.name()] = field.values(0) == "true" || field.values(0) == "1";
  }
  return step;
}

Language LanguageOfTag(const std::string& tag) {
  const std::string lower = absl::AsciiStrToLower(tag);
  if (lower == "pt" || absl::StartsWith(lower, "pt-")) return Language::kPortuguese;
  if (lower == "es" || absl::StartsWith(lower, "es-")) return Language::kSpanish;
  return Language::kEnglish;
}

v1::CommandContinues ToProto(const FormPage& page, Language language) {
  v1::CommandContinues continues;
  v1::DataForm& form = *continues.mutable_form();
  form.set_type(v1::DATA_FORM_TYPE_FORM);
  form.set_title(Title(language));
  if (page.boxes.empty()) {
    form.add_instructions(
        std::string(reply_text::Say(language, "There are no checkboxes yet.",
                                    "Ainda não há interruptores.", "Aún no hay interruptores.")));
  } else {
    form.add_instructions(std::string(reply_text::Say(
        language, "Change what you like and finish; you are told what the devices have done.",
        "Mude o que quiser e conclua; será dito o que os dispositivos fizeram.",
        "Cambie lo que quiera y termine; se le dirá lo que han hecho los dispositivos.")));
  }
  if (page.count > 1) {
    form.add_instructions(absl::Substitute(
        reply_text::Say(language, "Page $0 of $1", "Página $0 de $1", "Página $0 de $1"),
        page.number, page.count));
  }
  for (const FormBox& box : page.boxes) {
    v1::FormField& field = *form.add_fields();
    field.set_name(box.name);
    field.set_type(v1::FORM_FIELD_TYPE_BOOLEAN);
    field.set_label(LabelOf(box, language));
    field.set_description(reply_text::HowItIs(box.now, language));
    field.add_values(box.ticked ? "true" : "false");
  }
  if (page.number > 1) continues.add_allowed_actions(v1::COMMAND_ACTION_PREVIOUS);
  if (page.number < page.count) continues.add_allowed_actions(v1::COMMAND_ACTION_NEXT);
  continues.add_allowed_actions(v1::COMMAND_ACTION_COMPLETE);
  continues.set_default_action(v1::COMMAND_ACTION_COMPLETE);
  return continues;
}

v1::CommandCompletes ToProto(const std::vector<FormResultLine>& lines, Language language) {
  v1::CommandCompletes completes;
  if (lines.empty()) {
    v1::CommandNote& note = *completes.add_notes();
    note.set_type(v1::COMMAND_NOTE_TYPE_INFORMATION);
    note.set_text(std::string(reply_text::Say(language, "Nothing was changed.", "Nada foi mudado.",
                                              "No se cambió nada.")));
    return completes;
  }
  v1::DataForm& form = *completes.mutable_form();
  form.set_type(v1::DATA_FORM_TYPE_RESULT);
  form.set_title(Title(language));
  for (const FormResultLine& line : lines) {
    v1::FormField& field = *form.add_fields();
    field.set_name(line.name);
    field.set_type(v1::FORM_FIELD_TYPE_TEXT_SINGLE);
    field.set_label(line.label);
    field.add_values(line.text);
  }
  return completes;
}

v1::CommandFails FailureToProto(const absl::Status& status) {
  v1::CommandFails fails;
  fails.set_text(std::string(status.message()));
  switch (status.code()) {
    case absl::StatusCode::kPermissionDenied:
      fails.set_error(v1::COMMAND_ERROR_FORBIDDEN);
      break;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      fails.set_error(v1::COMMAND_ERROR_CONFLICT);
      break;
    case absl::StatusCode::kNotFound:
      fails.set_error(v1::COMMAND_ERROR_NOT_FOUND);
      break;
    default:
      fails.set_error(v1::COMMAND_ERROR_INTERNAL);
      break;
  }
  return fails;
}

}  // namespace chatwire::mqtt
