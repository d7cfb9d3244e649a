#include "xmpp-service/wire/data_form_proto.h"

#include <utility>
#include <vector>

#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

using ProtoFields = google::protobuf::RepeatedPtrField<v1::FormField>;

void FieldToProto(const FormField& field, v1::FormField& proto) {
  proto.set_name(field.name);
  proto.set_type(static_cast<v1::FormFieldType>(field.type));
  proto.set_label(field.label);
  proto.set_description(field.description);
  proto.set_required(field.required);
  for (const std::string& value : field.values) proto.add_values(value);
  for (const FormOption& option : field.options) {
    auto* shown = proto.add_options();
    shown->set_value(option.value);
    shown->set_label(option.label);
  }
  if (field.validation.has_value()) {
    auto* shown = proto.mutable_validation();
    shown->set_datatype(field.validation->datatype);
    shown->set_minimum(field.validation->minimum);
    shown->set_maximum(field.validation->maximum);
    shown->set_regex(field.validation->regex);
    shown->set_open(field.validation->open);
  }
  for (const FormMedia& media : field.media) {
    auto* shown = proto.add_media();
    shown->set_mime_type(media.mime_type);
    shown->set_uri(media.uri);
    shown->set_content(media.content);
  }
}

void FieldsToProto(const std::vector<FormField>& fields, ProtoFields& protos) {
  for (const FormField& field : fields) FieldToProto(field, *protos.Add());
}

FormField FieldFromProto(const v1::FormField& proto) {
  FormField field;
  field.name = proto.name();
  // What a newer caller may know is sent as if it had no type.
  field.type = v1::FormFieldType_IsValid(proto.type()) ? static_cast<FormFieldType>(proto.type())
                                                       : FormFieldType::kUnspecified;
  field.label = proto.label();
  field.description = proto.description();
  field.required = proto.required();
  field.values.assign(proto.values().begin(), proto.values().end());
  for (const auto& option : proto.options()) {
    field.options.push_back({option.value(), option.label()});
  }
  if (proto.has_validation()) {
    const auto& valid = proto.validation();
    field.validation = FormValidation{valid.datatype(), valid.minimum(), valid.maximum(),
                                      valid.regex(), valid.open()};
  }
  for (const auto& media : proto.media()) {
    field.media.push_back({media.mime_type(), media.uri(), {}});
  }
  return field;
}

std::vector<FormField> FieldsFromProto(const ProtoFields& protos) {
  std::vector<FormField> fields;
  fields.reserve(static_cast<size_t>(protos.size()));
  for (const auto& proto : protos) fields.push_back(FieldFromProto(proto));
  return fields;
}

}  // namespace

v1::DataForm ToProto(const DataForm& form) {
  v1::DataForm proto;
  proto.set_type(static_cast<v1::DataFormType>(form.type));
  proto.set_title(form.title);
  for (const std::string& paragraph : form.instructions) proto.add_instructions(paragraph);
  FieldsToProto(form.fields, *proto.mutable_fields());
  FieldsToProto(form.columns, *proto.mutable_columns());
  for (const FormRow& row : form.rows) {
    FieldsToProto(row.fields, *proto.add_rows()->mutable_fields());
  }
  proto.set_truncated(form.truncated);
  return proto;
}

absl::StatusOr<DataForm> FromProto(const v1::DataForm& proto) {
  if (proto.type() == v1::DATA_FORM_TYPE_UNSPECIFIED || !v1::DataFormType_IsValid(proto.type())) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_FORM",
                 "`form`: its `type` is unspecified or unknown");
  }
  DataForm form;
  form.type = static_cast<DataFormType>(proto.type());
  form.title = proto.title();
  form.instructions.assign(proto.instructions().begin(), proto.instructions().end());
  form.fields = FieldsFromProto(proto.fields());
  form.columns = FieldsFromProto(proto.columns());
  for (const auto& row : proto.rows()) form.rows.push_back({FieldsFromProto(row.fields())});
  const absl::Status checked = CheckDataForm(form);
  if (!checked.ok()) return checked;
  return form;
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(DataFormType::kForm) == v1::DATA_FORM_TYPE_FORM);
static_assert(static_cast<int>(DataFormType::kResult) == v1::DATA_FORM_TYPE_RESULT);
static_assert(static_cast<int>(FormFieldType::kBoolean) == v1::FORM_FIELD_TYPE_BOOLEAN);
static_assert(static_cast<int>(FormFieldType::kListMulti) == v1::FORM_FIELD_TYPE_LIST_MULTI);
static_assert(static_cast<int>(FormFieldType::kTextSingle) == v1::FORM_FIELD_TYPE_TEXT_SINGLE);

}  // namespace chatwire::xmpp
