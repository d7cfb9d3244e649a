#include "cli/rpc/message_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Json = nlohmann::ordered_json;

/// @p message in its generated type. Messages of another pool (server reflection) are copied into
/// it by way of their bytes.
template <typename Known>
Known As(const Message& message) {
  Known known;
  known.ParseFromString(message.SerializeAsString());
  return known;
}

Json MessageValue(const Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  if (type == "google.protobuf.Timestamp") {
    return JsonTime(As<google::protobuf::Timestamp>(message));
  }
  if (type == "google.protobuf.Duration") {
    const auto duration = As<google::protobuf::Duration>(message);
    return absl::FormatDuration(absl::Seconds(duration.seconds()) +
                                absl::Nanoseconds(duration.nanos()));
  }
  if (type == "google.protobuf.FieldMask") {
    return absl::StrJoin(As<google::protobuf::FieldMask>(message).paths(), ",");
  }
  return MessageJson(message);
}

Json EnumValue(const FieldDescriptor* field, int number) {
  // Only those of ours start with UNSPECIFIED, which makes words of them (AIP-126).
  const auto* const zero = field->enum_type()->FindValueByNumber(0);
  const auto* const value = field->enum_type()->FindValueByNumber(number);
  if (zero != nullptr && absl::EndsWith(zero->name(), "UNSPECIFIED")) {
    return WordOf(field->enum_type(), number);
  }
  return value != nullptr ? Json(value->name()) : Json(number);
}

Json Text(const FieldDescriptor* field, const std::string& value) {
  return field->type() == FieldDescriptor::TYPE_BYTES ? absl::Base64Escape(value) : value;
}

Json Single(const Message& message, const google::protobuf::Reflection& get,
            const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return get.GetInt32(message, field);
    case FieldDescriptor::CPPTYPE_INT64:
      return get.GetInt64(message, field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return get.GetUInt32(message, field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return get.GetUInt64(message, field);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return get.GetDouble(message, field);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return get.GetFloat(message, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return get.GetBool(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumValue(field, get.GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_STRING:
      return Text(field, get.GetString(message, field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(get.GetMessage(message, field));
  }
  return nullptr;
}

Json Element(const Message& message, const google::protobuf::Reflection& get,
             const FieldDescriptor* field, int i) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return get.GetRepeatedInt32(message, field, i);
    case FieldDescriptor::CPPTYPE_INT64:
      return get.GetRepeatedInt64(message, field, i);
    case FieldDescriptor::CPPTYPE_UINT32:
      return get.GetRepeatedUInt32(message, field, i);
    case FieldDescriptor::CPPTYPE_UINT64:
      return get.GetRepeatedUInt64(message, field, i);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return get.GetRepeatedDouble(message, field, i);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return get.GetRepeatedFloat(message, field, i);
    case FieldDescriptor::CPPTYPE_BOOL:
      return get.GetRepeatedBool(message, field, i);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumValue(field, get.GetRepeatedEnumValue(message, field, i));
    case FieldDescriptor::CPPTYPE_STRING:
      return Text(field, get.GetRepeatedString(message, field, i));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageValue(get.GetRepeatedMessage(message, field, i));
  }
  return nullptr;
}

Json Repeated(const Message& message, const google::protobuf::Reflection& get,
              const FieldDescriptor* field) {
  Json list = field->is_map() ? Json::object() : Json::array();
  for (int i = 0; i < get.FieldSize(message, field); ++i) {
    const Json value = Element(message, get, field, i);
    if (field->is_map()) {
      const Json& key = value["key"];
      list[key.is_string() ? key.get<std::string>() : key.dump()] = value["value"];
    } else {
      list.push_back(value);
    }
  }
  return list;
}

}  // namespace

Json MessageJson(const Message& message) {
  const google::protobuf::Reflection& get = *message.GetReflection();
  Json json = Json::object();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* const field = message.GetDescriptor()->field(i);
    if (field->is_repeated()) {
      json[field->name()] = Repeated(message, get, field);
    } else if (!field->has_presence() || get.HasField(message, field)) {
      json[field->name()] = Single(message, get, field);
    }
  }
  return json;
}

}  // namespace chatwire::cli
