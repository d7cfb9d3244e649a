#include "xmpp-service/domain/data_form.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

absl::Status BadForm(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_FORM", absl::StrCat("`form`: ", why));
}

/// Adds up a form's text and remembers the first thing that is wrong with it.
class FormCheck {
 public:
  void Text(absl::string_view text) {
    bytes_ += text.size();
    if (!IsXmlText(text)) Fail("it has a character that XML cannot carry");
  }

  void Fields(const std::vector<FormField>& fields) {
    if (fields.size() > DataForm::kMaximumFields) Fail("it has more than 200 fields");
    for (const FormField& field : fields) Field(field);
  }

  void Rows(const std::vector<FormRow>& rows) {
    if (rows.size() > DataForm::kMaximumFields) Fail("it has more than 200 rows");
    for (const FormRow& row : rows) Fields(row.fields);
  }

  absl::Status status() const {
    if (bytes_ > DataForm::kMaximumBytes) return BadForm("it has more than 131,072 bytes of text");
    return status_;
  }

 private:
  void Field(const FormField& field) {
    if (field.name.empty() && field.type != FormFieldType::kFixed) {
      Fail("a field that is not of the type FIXED needs a name");
    }
    if (field.values.size() > DataForm::kMaximumValues ||
        field.options.size() > DataForm::kMaximumValues) {
      Fail("a field has more than 500 values or options");
    }
    for (const auto* text : {&field.name, &field.label, &field.description}) Text(*text);
    for (const std::string& value : field.values) Text(value);
    for (const FormOption& option : field.options) {
      Text(option.value);
      Text(option.label);
    }
    if (field.validation.has_value()) {
      const FormValidation& valid = *field.validation;
      for (const auto* text : {&valid.datatype, &valid.minimum, &valid.maximum, &valid.regex}) {
        Text(*text);
      }
    }
    for (const FormMedia& media : field.media) {
      Text(media.mime_type);
      Text(media.uri);
    }
  }

  void Fail(absl::string_view why) {
    if (status_.ok()) status_ = BadForm(why);
  }

  size_t bytes_ = 0;
  absl::Status status_;
};

}  // namespace

const FormField* DataForm::Find(absl::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [name](const FormField& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string DataForm::Value(absl::string_view name) const {
  const FormField* field = Find(name);
  return field == nullptr || field->values.empty() ? std::string() : field->values.front();
}

void DataForm::Set(const std::string& name, std::vector<std::string> values,
                   FormFieldType field_type) {
  FormField field;
  field.name = name;
  field.type = field_type;
  field.values = std::move(values);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&name](const FormField& other) { return other.name == name; });
  if (found == fields.end()) {
    fields.push_back(std::move(field));
  } else {
    *found = std::move(field);
  }
}

bool IsTrue(absl::string_view value) { return value == "true" || value == "1"; }

absl::Status CheckDataForm(const DataForm& form) {
  FormCheck check;
  check.Text(form.title);
  for (const std::string& paragraph : form.instructions) check.Text(paragraph);
  check.Fields(form.fields);
  check.Fields(form.columns);
  check.Rows(form.rows);
  return check.status();
}

DataForm SubmissionFor(const DataForm& form, const DataForm& answer) {
  DataForm submission;
  submission.type = DataFormType::kSubmit;
  for (const FormField& field : form.fields) {
    if (field.type == FormFieldType::kFixed || field.name.empty()) continue;
    submission.Set(field.name, field.values, field.type);
  }
  for (const FormField& field : answer.fields) {
    if (field.type == FormFieldType::kFixed || field.name.empty()) continue;
    const FormField* asked = form.Find(field.name);
    submission.Set(field.name, field.values, asked == nullptr ? field.type : asked->type);
  }
  return submission;
}

void TypeFields(DataForm& answer, const DataForm& asked) {
  for (FormField& field : answer.fields) {
    const FormField* known = asked.Find(field.name);
    if (field.type == FormFieldType::kUnspecified && known != nullptr) field.type = known->type;
    if (field.type != FormFieldType::kBoolean) continue;
    for (std::string& value : field.values) value = IsTrue(value) ? "true" : "false";
  }
}

}  // namespace chatwire::xmpp
