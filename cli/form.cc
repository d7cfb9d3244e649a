#include "cli/form.h"

#include <unistd.h>

#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/errors.h"
#include "cli/input.h"
#include "cli/password_prompt.h"
#include "cli/printable.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::FormField;

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

std::string LabelOf(const FormField& field) {
  return Printable(field.label().empty() ? field.name() : field.label());
}

bool TakesMany(const FormField& field) {
  return field.type() == xmpp::v1::FORM_FIELD_TYPE_LIST_MULTI ||
         field.type() == xmpp::v1::FORM_FIELD_TYPE_JID_MULTI ||
         field.type() == xmpp::v1::FORM_FIELD_TYPE_TEXT_MULTI;
}

/// The picture of a CAPTCHA has to be looked at: it goes into a file that nobody else can read.
absl::StatusOr<std::string> MediaText(const FormField& field) {
  std::string text;
  for (const auto& media : field.media()) {
    if (media.content().empty()) {
      absl::StrAppend(&text, "  see ", Printable(media.uri()), "\n");
      continue;
    }
    const char* const folder = std::getenv("TMPDIR");
    std::string path = absl::StrCat(folder == nullptr ? "/tmp" : folder, "/chatwire-form-XXXXXX");
    const int fd = mkstemp(path.data());
    if (fd < 0) return Wrong(absl::StrCat("cannot write the form's picture to ", path));
    const auto written = write(fd, media.content().data(), media.content().size());
    close(fd);
    if (written != static_cast<ssize_t>(media.content().size())) {
      return Wrong(absl::StrCat("cannot write the form's picture to ", path));
    }
    absl::StrAppend(&text, "  look at ", path, " (", Printable(media.mime_type()), ")\n");
  }
  return text;
}

std::string PromptFor(const FormField& field, const std::string& media) {
  std::string prompt = media;
  if (!field.description().empty()) {
    absl::StrAppend(&prompt, "  ", Printable(field.description()), "\n");
  }
  for (int i = 0; i < field.options_size(); ++i) {
    const auto& option = field.options(i);
    absl::StrAppend(&prompt, "  ", i + 1, ") ",
                    Printable(option.label().empty() ? option.value() : option.label()), "\n");
  }
  absl::StrAppend(&prompt, LabelOf(field), field.required() ? " (required)" : "");
  if (field.type() == xmpp::v1::FORM_FIELD_TYPE_BOOLEAN) absl::StrAppend(&prompt, " (yes/no)");
  if (TakesMany(field)) absl::StrAppend(&prompt, " (several: with commas between)");
  if (!field.values().empty()) {
    absl::StrAppend(&prompt, " [", Printable(absl::StrJoin(field.values(), ",")), "]");
  }
  return prompt + ": ";
}

/// What a person typed as the form's value: the number of a choice, yes and no.
std::string Meant(const FormField& field, const std::string& typed) {
  int number = 0;
  if (absl::SimpleAtoi(typed, &number) && number >= 1 && number <= field.options_size()) {
    return field.options(number - 1).value();
  }
  for (const auto& option : field.options()) {
    if (option.label() == typed) return option.value();
  }
  if (field.type() != xmpp::v1::FORM_FIELD_TYPE_BOOLEAN) return typed;
  const std::string word = absl::AsciiStrToLower(typed);
  if (word == "y" || word == "yes" || word == "on" || word == "true") return "1";
  if (word == "n" || word == "no" || word == "off" || word == "false") return "0";
  return typed;
}

absl::Status AskFor(const FormField& field, FormField& answer) {
  const auto media = MediaText(field);
  if (!media.ok()) return media.status();
  const Echo echo = field.type() == xmpp::v1::FORM_FIELD_TYPE_TEXT_PRIVATE ? Echo::kOff : Echo::kOn;
  const auto typed = Ask(PromptFor(field, *media), echo);
  if (!typed.ok()) return typed.status();
  if (typed->empty()) return absl::OkStatus();
  answer.clear_values();
  const std::vector<std::string> parts = TakesMany(field)
                                             ? std::vector<std::string>(absl::StrSplit(*typed, ','))
                                             : std::vector<std::string>{*typed};
  for (const std::string& part : parts) {
    answer.add_values(Meant(field, std::string(absl::StripAsciiWhitespace(part))));
  }
  return absl::OkStatus();
}

}  // namespace

void FormFiller::AddTo(CLI::App& app) {
  app.add_option("--field", pairs_, "Value of a field of the form; may be given several times")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_flag("--no-questions", no_questions_, "Ask for nothing on the terminal");
}

absl::Status FormFiller::Start(int stdin_fd) {
  ask_ = !no_questions_ && isatty(stdin_fd) == 1;
  for (const std::string& pair : pairs_) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Wrong(absl::StrCat("--field takes NAME=VALUE, not \"", pair, "\""));
    }
    given_[pair.substr(0, equals)].push_back(pair.substr(equals + 1));
  }
  return absl::OkStatus();
}

absl::Status FormFiller::FillOne(const FormField& field, FormField& answer) {
  const auto given = given_.find(field.name());
  if (given != given_.end()) {
    used_.insert(field.name());
    answer.clear_values();
    for (const std::string& value : given->second) answer.add_values(Meant(field, value));
    return absl::OkStatus();
  }
  if (ask_ && field.type() != xmpp::v1::FORM_FIELD_TYPE_HIDDEN) return AskFor(field, answer);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<FormField>> FormFiller::Fill(
    const google::protobuf::RepeatedPtrField<FormField>& fields,
    const std::set<std::string>& skip) {
  std::vector<FormField> answers;
  std::vector<std::string> missing;
  for (const FormField& field : fields) {
    if (field.type() == xmpp::v1::FORM_FIELD_TYPE_FIXED || skip.count(field.name()) > 0) continue;
    FormField answer;
    answer.set_name(field.name());
    answer.set_type(field.type());
    *answer.mutable_values() = field.values();
    absl::Status filled = FillOne(field, answer);
    if (!filled.ok()) return filled;
    if (field.required() && answer.values().empty()) missing.push_back(field.name());
    answers.push_back(std::move(answer));
  }
  if (missing.empty()) return answers;
  return Wrong(absl::StrCat("the form also wants ", absl::StrJoin(missing, ", "),
                            "; give each with --field NAME=VALUE"));
}

std::vector<std::string> FormFiller::Unused() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : given_) {
    if (used_.count(name) == 0) names.push_back(name);
  }
  return names;
}

std::vector<std::string> FormText(const xmpp::v1::DataForm& form) {
  std::vector<std::string> lines;
  if (!form.title().empty()) lines.push_back(form.title());
  for (const std::string& line : form.instructions()) lines.push_back(line);
  for (const FormField& field : form.fields()) {
    if (field.type() == xmpp::v1::FORM_FIELD_TYPE_HIDDEN) continue;
    const std::string values = absl::StrJoin(field.values(), ", ");
    const bool fixed = field.type() == xmpp::v1::FORM_FIELD_TYPE_FIXED;
    lines.push_back(fixed ? values : absl::StrCat(LabelOf(field), ": ", values));
  }
  for (const auto& row : form.rows()) {
    std::vector<std::string> cells;
    for (const FormField& cell : row.fields()) cells.push_back(absl::StrJoin(cell.values(), ", "));
    lines.push_back(absl::StrJoin(cells, "  "));
  }
  return lines;
}

}  // namespace chatwire::cli
