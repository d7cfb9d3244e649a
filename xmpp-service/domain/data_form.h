#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_DATA_FORM_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_DATA_FORM_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// What a data form is for (XEP-0004, section 3.1).
enum class DataFormType { kForm = 1, kSubmit = 2, kCancel = 3, kResult = 4 };

/// What a field holds (XEP-0004, section 3.3). Without a type a submission leaves it out.
enum class FormFieldType {
  kUnspecified = 0,
  kBoolean = 1,
  kFixed = 2,
  kHidden = 3,
  kJidMulti = 4,
  kJidSingle = 5,
  kListMulti = 6,
  kListSingle = 7,
  kTextMulti = 8,
  kTextPrivate = 9,
  kTextSingle = 10,
};

/// One thing to choose.
struct FormOption {
  std::string value;
  std::string label;
};

/// What values are valid (XEP-0122).
struct FormValidation {
  std::string datatype;
  std::string minimum;
  std::string maximum;
  std::string regex;
  bool open = false;
};

/// What belongs to a field, such as the picture of a CAPTCHA (XEP-0221).
struct FormMedia {
  std::string mime_type;
  std::string uri;
  /// Of a `cid:` URI, where the data came with the form.
  std::string content;
};

struct FormField {
  std::string name;
  FormFieldType type = FormFieldType::kUnspecified;
  std::string label;
  std::string description;
  bool required = false;
  /// Of a boolean: `true` or `false`.
  std::vector<std::string> values;
  std::vector<FormOption> options;
  std::optional<FormValidation> validation;
  std::vector<FormMedia> media;
};

struct FormRow {
  std::vector<FormField> fields;
};

/// A data form (XEP-0004).
struct DataForm {
  /// Most fields, columns and rows each.
  static constexpr size_t kMaximumFields = 200;
  /// Most values and most options in a field.
  static constexpr size_t kMaximumValues = 500;
  /// Most bytes of text in all of a form.
  static constexpr size_t kMaximumBytes = 131'072;
  /// Most bytes of one FormMedia::content.
  static constexpr size_t kMaximumMediaBytes = 65'536;

  DataFormType type = DataFormType::kForm;
  std::string title;
  std::vector<std::string> instructions;
  std::vector<FormField> fields;
  std::vector<FormField> columns;
  std::vector<FormRow> rows;
  /// A peer's form was over the limits and is not complete.
  bool truncated = false;

  const FormField* Find(absl::string_view name) const;
  /// The first value of a field, or "".
  std::string Value(absl::string_view name) const;
  /// Puts a field with @p values in place of the one of that name, or behind all others.
  void Set(const std::string& name, std::vector<std::string> values,
           FormFieldType field_type = FormFieldType::kUnspecified);
};

/// `true` for the two ways in which XEP-0004 writes it.
bool IsTrue(absl::string_view value);

/// Whether @p form is within the limits and XML can carry all of it. Errors: BAD_FORM.
absl::Status CheckDataForm(const DataForm& form);

/// The answer to @p form: its hidden fields and defaults, and over them the values of @p answer. So
/// a caller need only name what it wants to be different. Fields of @p answer that the form does
/// not have are sent, too.
DataForm SubmissionFor(const DataForm& form, const DataForm& answer);

/// Gives the fields of @p answer that do not say their type the one that @p asked says: many
/// clients leave it out. Booleans become `true` or `false`.
void TypeFields(DataForm& answer, const DataForm& asked);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_DATA_FORM_H_
