#include "xmpp-service/domain/form_answer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

absl::Status Wrong(const char* reason, const FormField& field, absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, {"xmpp.chatwire", reason},
                   absl::StrCat("the field \"", field.name, "\" ", why), {{"field", field.name}});
}

absl::Status BadValue(const FormField& field, absl::string_view why) {
  return Wrong("BAD_FORM_VALUE", field, why);
}

bool TakesMany(FormFieldType type) {
  return type == FormFieldType::kJidMulti || type == FormFieldType::kListMulti ||
         type == FormFieldType::kTextMulti || type == FormFieldType::kHidden;
}

bool IsBoolean(const std::string& value) {
  return value == "true" || value == "false" || value == "1" || value == "0";
}

bool IsOption(const FormField& asked, const std::string& value) {
  // A list may say that it takes other values, too (XEP-0122).
  if (asked.validation.has_value() && asked.validation->open) return true;
  return asked.options.empty() ||
         std::any_of(asked.options.begin(), asked.options.end(),
                     [&value](const FormOption& option) { return option.value == value; });
}

absl::Status CheckValue(const FormField& asked, const std::string& value) {
  switch (asked.type) {
    case FormFieldType::kBoolean:
      return IsBoolean(value) ? absl::OkStatus() : BadValue(asked, "is `true` or `false`");
    case FormFieldType::kListSingle:
    case FormFieldType::kListMulti:
      return IsOption(asked, value) ? absl::OkStatus() : BadValue(asked, "has no such option");
    case FormFieldType::kJidSingle:
    case FormFieldType::kJidMulti:
      // An empty one takes away what was there.
      return value.empty() || Jid::Parse(value).ok() ? absl::OkStatus()
                                                     : BadValue(asked, "takes JIDs");
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::Status CheckFormAnswer(const DataForm& form, const DataForm& answer) {
  for (const FormField& field : answer.fields) {
    const FormField* asked = form.Find(field.name);
    if (asked == nullptr || field.name.empty() || asked->type == FormFieldType::kFixed) {
      return Wrong("UNKNOWN_FORM_FIELD", field, "is not in the form");
    }
    if (field.values.size() > 1 && !TakesMany(asked->type)) {
      return BadValue(*asked, "takes one value");
    }
    for (const std::string& value : field.values) {
      if (absl::Status status = CheckValue(*asked, value); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp
