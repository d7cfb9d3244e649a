#ifndef CHATWIRE_CLI_FORMAT_WORDS_H_
#define CHATWIRE_CLI_FORMAT_WORDS_H_

#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace chatwire::cli {

/// The word for value @p number of an enum: `CONNECTION_STATE_BACKING_OFF` is `backing_off`.
/// `unknown` for UNSPECIFIED and for values that are newer than this program.
std::string WordOf(const google::protobuf::EnumDescriptor* type, int number);

template <typename Enum>
std::string WordOf(Enum value) {
  return WordOf(google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

/// The number that @p word stands for; `-` counts as `_`. @p what names the argument in the error,
/// which lists the words there are. Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<int> NumberOf(const google::protobuf::EnumDescriptor* type, const std::string& word,
                             const std::string& what);

template <typename Enum>
absl::StatusOr<Enum> ValueOf(const std::string& word, const std::string& what) {
  const auto number = NumberOf(google::protobuf::GetEnumDescriptor<Enum>(), word, what);
  if (!number.ok()) return number.status();
  return static_cast<Enum>(*number);
}

/// For JSON: RFC 3339 in UTC with microseconds, `2026-11-20T22:15:49.250000Z`.
std::string JsonTime(const google::protobuf::Timestamp& time);

/// For people: local time to the second. "" for the epoch, which stands for "never".
std::string LocalTime(const google::protobuf::Timestamp& time);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_WORDS_H_
