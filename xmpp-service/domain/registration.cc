#include "xmpp-service/domain/registration.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

constexpr char kUsername[] = "username";
constexpr char kPassword[] = "password";

absl::Status NotAsked(const std::string& name) {
  return Error(
      absl::StatusCode::kInvalidArgument, "BAD_FORM",
      absl::StrCat("the server has not asked for \"", absl::CHexEscape(name.substr(0, 100)),
                   "\"; GetRegistrationForm tells what it asks for"));
}

bool Asks(const std::vector<FormField>& fields, const std::string& name) {
  return std::any_of(fields.begin(), fields.end(),
                     [&name](const FormField& field) { return field.name == name; });
}

std::vector<FormField> AllAnswers(const Registration& registration) {
  std::vector<FormField> answers = registration.answers;
  std::erase_if(answers, [](const FormField& field) {
    return field.name == kUsername || field.name == kPassword;
  });
  FormField username;
  username.name = kUsername;
  username.values = {registration.username};
  FormField password;
  password.name = kPassword;
  password.values = {registration.password};
  answers.insert(answers.begin(), {std::move(username), std::move(password)});
  return answers;
}

struct Refusal {
  const char* condition;
  absl::StatusCode code;
  const char* reason;
  const char* words;
};

constexpr Refusal kRefusals[] = {
    {"conflict", absl::StatusCode::kAlreadyExists, "USERNAME_TAKEN",
     "the server has an account of this name already"},
    {"not-acceptable", absl::StatusCode::kInvalidArgument, "REGISTRATION_NOT_ACCEPTABLE",
     "the server does not accept the answers"},
    {"resource-constraint", absl::StatusCode::kResourceExhausted, "REGISTRATION_THROTTLED",
     "the server has had too many registrations from here; try again later"},
    {"policy-violation", absl::StatusCode::kResourceExhausted, "REGISTRATION_THROTTLED",
     "the server has had too many registrations from here; try again later"},
    {"not-allowed", absl::StatusCode::kPermissionDenied, "REGISTRATION_NOT_ALLOWED",
     "the server does not allow this registration"},
    {"forbidden", absl::StatusCode::kPermissionDenied, "REGISTRATION_NOT_ALLOWED",
     "the server does not allow this registration"},
    {"service-unavailable", absl::StatusCode::kFailedPrecondition, "REGISTRATION_CLOSED",
     "the server takes no registrations"},
    {"feature-not-implemented", absl::StatusCode::kFailedPrecondition, "REGISTRATION_CLOSED",
     "the server takes no registrations"},
};

}  // namespace

absl::StatusOr<RegistrationForm> AnswerTo(const RegistrationForm& asked,
                                          const Registration& registration) {
  const std::vector<FormField>& fields = asked.form.has_value() ? asked.form->fields : asked.fields;
  DataForm given;
  given.type = DataFormType::kSubmit;
  given.fields = AllAnswers(registration);
  const absl::Status checked = CheckDataForm(given);
  if (!checked.ok()) return checked;
  for (const FormField& field : given.fields) {
    if (!Asks(fields, field.name)) return NotAsked(field.name);
  }
  RegistrationForm answer;
  if (asked.form.has_value()) {
    answer.form = SubmissionFor(*asked.form, given);
    return answer;
  }
  answer.fields = std::move(given.fields);
  // The key of a form goes back as it came (XEP-0077, section 11).
  for (const FormField& field : asked.fields) {
    if (field.type == FormFieldType::kHidden && !Asks(answer.fields, field.name)) {
      answer.fields.push_back(field);
    }
  }
  return answer;
}

absl::Status RegistrationError(const absl::Status& answer) {
  for (const Refusal& refusal : kRefusals) {
    if (!IsStanzaError(answer, refusal.condition)) continue;
    const ErrorMetadata metadata = MetadataOf(answer);
    const auto text = metadata.find("text");
    const std::string words = text == metadata.end() || text->second.empty()
                                  ? refusal.words
                                  : absl::StrCat(refusal.words, "; it says: ", text->second);
    return MakeError(refusal.code, {"xmpp.chatwire", refusal.reason}, words, metadata);
  }
  return answer;
}

absl::Status RegistrationClosed(const std::string& server) {
  return Error(absl::StatusCode::kFailedPrecondition, "REGISTRATION_CLOSED",
               absl::StrCat(server, " takes no registrations"));
}

absl::Status RegistrationExpired() {
  return Error(absl::StatusCode::kFailedPrecondition, "REGISTRATION_EXPIRED",
               "`registration_id` is not known, was used, or the server has ended its connection; "
               "get the form again");
}

}  // namespace chatwire::xmpp
