#include "mqtt-service/domain/checkbox.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumNameBytes = 64;
constexpr size_t kMaximumTitleBytes = 128;

bool IsNameCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

absl::Status CheckName(const std::string& name) {
  const bool good = !name.empty() && name.size() <= kMaximumNameBytes &&
                    std::all_of(name.begin(), name.end(), IsNameCharacter);
  if (good) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_NAME"},
                   "`name` must be 1 to 64 characters of a-z, 0-9, _ and -, such as desk-lamp");
}

absl::Status CheckTitle(const std::string& title) {
  const bool good = title.size() <= kMaximumTitleBytes && IsValidUtf8(title) &&
                    std::none_of(title.begin(), title.end(), IsControl);
  if (good) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_TITLE"},
                   absl::StrCat("`title` must be at most ", kMaximumTitleBytes,
                                " bytes of UTF-8 without control characters"));
}

const char* StateWord(SwitchState state) {
  switch (state) {
    case SwitchState::kOn:
      return "on";
    case SwitchState::kOff:
      return "off";
    case SwitchState::kUnknown:
      break;
  }
  return "unknown";
}

SwitchState ResolveAction(SwitchAction action, const Checkbox& checkbox) {
  if (action == SwitchAction::kOn) return SwitchState::kOn;
  if (action == SwitchAction::kOff) return SwitchState::kOff;
  const SwitchState now =
      checkbox.desired != SwitchState::kUnknown ? checkbox.desired : checkbox.reported;
  return now == SwitchState::kOn ? SwitchState::kOff : SwitchState::kOn;
}

}  // namespace chatwire::mqtt
