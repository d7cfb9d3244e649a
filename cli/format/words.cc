#include "cli/format/words.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/errors.h"
#include "cli/suggestion.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

using google::protobuf::EnumDescriptor;

/// Every enum of ours has `PREFIX_UNSPECIFIED = 0` (AIP-126).
std::string PrefixOf(const EnumDescriptor* type) {
  return std::string(absl::StripSuffix(type->FindValueByNumber(0)->name(), "UNSPECIFIED"));
}

std::vector<std::string> Words(const EnumDescriptor* type) {
  std::vector<std::string> words;
  for (int i = 0; i < type->value_count(); ++i) {
    const int number = type->value(i)->number();
    if (number != 0) words.push_back(WordOf(type, number));
  }
  return words;
}

}  // namespace

std::string WordOf(const EnumDescriptor* type, int number) {
  const auto* const value = type->FindValueByNumber(number);
  if (value == nullptr || number == 0) return "unknown";
  return absl::AsciiStrToLower(absl::StripPrefix(value->name(), PrefixOf(type)));
}

absl::StatusOr<int> NumberOf(const EnumDescriptor* type, const std::string& word,
                             const std::string& what) {
  const std::string name =
      PrefixOf(type) + absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}}));
  const auto* const value = type->FindValueByName(name);
  if (value != nullptr && value->number() != 0) return value->number();
  const std::vector<std::string> words = Words(type);
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::StrCat("\"", word, "\" is no ", what, ": choose one of ",
                                absl::StrJoin(words, ", "), DidYouMean(word, words)));
}

std::string JsonTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", FromProto(time), absl::UTCTimeZone());
}

std::string LocalTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", FromProto(time), absl::LocalTimeZone());
}

}  // namespace chatwire::cli
