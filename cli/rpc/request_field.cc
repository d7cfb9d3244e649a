#include "cli/rpc/request_field.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <map>

#include "absl/log/check.h"
#include "absl/log/log.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/errors.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status Wrong(const std::string& value, const std::string& what, const std::string& wanted) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::StrCat("\"", value, "\" is no ", what, "; ", wanted));
}

absl::Status SetTime(Message& target, const std::string& value, const std::string& what) {
  absl::Time time;
  absl::Duration ago;
  std::string error;
  if (absl::ParseDuration(value, &ago)) {
    time = absl::Now() - ago;
  } else if (!absl::ParseTime(absl::RFC3339_full, value, &time, &error) &&
             !absl::ParseTime("%Y-%m-%d", value, absl::LocalTimeZone(), &time, &error) &&
             !absl::ParseTime("%Y-%m-%d %H:%M", value, absl::LocalTimeZone(), &time, &error)) {
    return Wrong(value, what,
                 "write a time such as 2026-11-20T18:30:00Z, a day such as 2026-11-20, or how long "
                 "ago: 90m, 24h");
  }
  const int64_t nanoseconds = absl::ToUnixNanos(time);
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(absl::ToUnixSeconds(time));
  stamp.set_nanos(static_cast<int32_t>(nanoseconds - stamp.seconds() * 1'000'000'000));
  target.CopyFrom(stamp);
  return absl::OkStatus();
}

absl::Status SetDuration(Message& target, const std::string& value, const std::string& what) {
  absl::Duration duration;
  if (!absl::ParseDuration(value, &duration)) {
    return Wrong(value, what, "write a time such as 500ms, 10s or 2m");
  }
  google::protobuf::Duration made;
  made.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  made.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration)));
  target.CopyFrom(made);
  return absl::OkStatus();
}

/// The names that the protocols themselves have for some words (RFC 6121, MQTT 5), and ours for the
/// same.
std::string Spelled(const std::string& word) {
  static const auto* const kSpelled = new std::map<std::string, std::string>{
      {"dnd", "do_not_disturb"}, {"xa", "extended_away"}, {"0", "at_most_once"},
      {"1", "at_least_once"},    {"2", "exactly_once"},   {"ack", "server_ack"}};
  const auto found = kSpelled->find(word);
  return found == kSpelled->end() ? word : found->second;
}

/// Sets or adds a number of type Number with @p store.
template <typename Number, typename Store>
absl::Status StoreNumber(const std::string& value, const std::string& what, const Store& store) {
  Number number = 0;
  if (!absl::SimpleAtoi(value, &number)) return Wrong(value, what, "write a whole number");
  store(number);
  return absl::OkStatus();
}

absl::Status StoreBool(const std::string& value, const std::string& what, bool* out) {
  if (value != "true" && value != "false") return Wrong(value, what, "write true or false");
  *out = value == "true";
  return absl::OkStatus();
}

absl::Status StoreMessage(Message& target, const std::string& value, const std::string& what) {
  const std::string& type = target.GetDescriptor()->full_name();
  if (type == "google.protobuf.Timestamp") return SetTime(target, value, what);
  CHECK(type == "google.protobuf.Duration") << what << " cannot be read into a " << type;
  return SetDuration(target, value, what);
}

absl::Status StoreOne(Message& message, const FieldDescriptor* field, const std::string& value,
                      const std::string& what) {
  const auto& set = *message.GetReflection();
  const bool add = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      add ? set.AddString(&message, field, value) : set.SetString(&message, field, value);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreNumber<int32_t>(value, what,
                                  [&](int32_t n) { set.SetInt32(&message, field, n); });
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreNumber<int64_t>(value, what,
                                  [&](int64_t n) { set.SetInt64(&message, field, n); });
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreNumber<uint32_t>(value, what,
                                   [&](uint32_t n) { set.SetUInt32(&message, field, n); });
    case FieldDescriptor::CPPTYPE_BOOL: {
      bool parsed = false;
      absl::Status status = StoreBool(value, what, &parsed);
      if (status.ok()) set.SetBool(&message, field, parsed);
      return status;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto number = NumberOf(field->enum_type(), Spelled(value), what);
      // Said as it is meant to be typed.
      const bool qos = field->enum_type()->name() == "QualityOfService";
      if (!number.ok()) return qos ? Wrong(value, what, "write 0, 1 or 2") : number.status();
      add ? set.AddEnumValue(&message, field, *number) : set.SetEnumValue(&message, field, *number);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return StoreMessage(*set.MutableMessage(&message, field), value, what);
    default:
      LOG(FATAL) << what << " cannot be read into " << field->full_name();
  }
}

absl::Status StoreAll(Message& message, const FieldDescriptor* field,
                      const std::vector<std::string>& values, const std::string& what) {
  for (const std::string& value : values) {
    absl::Status stored = StoreOne(message, field, value, what);
    if (!stored.ok()) return stored;
  }
  return absl::OkStatus();
}

}  // namespace

const FieldDescriptor* FieldAt(const google::protobuf::Descriptor* type, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    if (type == nullptr) return nullptr;
    field = type->FindFieldByName(std::string(name));
    if (field == nullptr) return nullptr;
    type = field->message_type();
  }
  return field;
}

absl::Status ParseTimestamp(const std::string& text, const std::string& what, Message& target) {
  return SetTime(target, text, what);
}

absl::Status SetField(Message& message, const std::string& path,
                      const std::vector<std::string>& values, const std::string& what) {
  const size_t dot = path.find('.');
  const FieldDescriptor* const field =
      message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  CHECK(field != nullptr) << path << " of " << message.GetTypeName();
  if (dot == std::string::npos) return StoreAll(message, field, values, what);
  const auto& set = *message.GetReflection();
  const std::string rest = path.substr(dot + 1);
  if (!field->is_repeated())
    return SetField(*set.MutableMessage(&message, field), rest, values, what);
  // One element a value; one value for the elements that are there already.
  const int there = set.FieldSize(message, field);
  const size_t count = there > 0 ? static_cast<size_t>(there) : values.size();
  for (size_t i = 0; i < count; ++i) {
    Message* const element = there > 0
                                 ? set.MutableRepeatedMessage(&message, field, static_cast<int>(i))
                                 : set.AddMessage(&message, field);
    absl::Status stored = SetField(*element, rest, {values[std::min(i, values.size() - 1)]}, what);
    if (!stored.ok()) return stored;
  }
  return absl::OkStatus();
}

}  // namespace chatwire::cli
