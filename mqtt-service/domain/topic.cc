#include "mqtt-service/domain/topic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumBaseBytes = 128;

/// A JID may have characters that a topic level may not: those are percent-encoded.
std::string Level(const std::string& jid) {
  std::string level;
  for (const char c : jid) {
    if (c == '+' || c == '#' || c == '/' || c == '%' || static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&level, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      level += c;
    }
  }
  return level;
}

bool IsBaseCharacter(char c) {
  return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '+' && c != '#' && c != '$';
}

}  // namespace

Topics::Topics(std::string base) : base_(std::move(base)) {}

std::string Topics::BridgeState() const { return base_ + "/bridge/state"; }

std::string Topics::BridgeTick() const { return base_ + "/bridge/tick"; }

std::string Topics::BridgeFence() const { return base_ + "/bridge/fence"; }

bool Topics::IsReserved(const std::string& topic) const {
  absl::string_view rest = topic;
  if (!absl::ConsumePrefix(&rest, base_ + "/")) return false;
  if (absl::StartsWith(rest, "bridge/") || absl::StartsWith(rest, "chat/")) return true;
  if (!absl::ConsumePrefix(&rest, "checkbox/")) return false;
  const std::vector<absl::string_view> levels = absl::StrSplit(rest, '/');
  return levels.size() == 1 || (levels.size() == 2 && levels[1] == "command");
}

std::string Topics::State(const std::string& checkbox) const {
  return absl::StrCat(base_, "/checkbox/", checkbox);
}

std::string Topics::Set(const std::string& checkbox) const {
  return absl::StrCat(base_, "/checkbox/", checkbox, "/set");
}

std::string Topics::Command(const std::string& checkbox) const {
  return absl::StrCat(base_, "/checkbox/", checkbox, "/command");
}

std::string Topics::DeviceAvailability(const std::string& checkbox) const {
  return absl::StrCat(base_, "/checkbox/", checkbox, "/availability");
}

std::string Topics::ChatIn(const std::string& account) const {
  return absl::StrCat(base_, "/chat/", Level(account), "/in");
}

std::string Topics::ChatOut(const std::string& account) const {
  return absl::StrCat(base_, "/chat/", Level(account), "/out");
}

std::vector<InboundFilter> Topics::InboundFilters() const {
  // A retained `set` is wrong at once, since it would be obeyed again later. What a device reports
  // with the flag is true when it comes, and only old when it is repeated.
  return {{base_ + "/checkbox/+/set", true},
          {base_ + "/checkbox/+/get", true},
          {base_ + "/checkbox/+/report", false},
          {base_ + "/checkbox/+/availability", false}};
}

std::vector<InboundFilter> Topics::EchoFilters() const {
  return {{Command("+"), false}, {BridgeFence(), false}};
}

std::optional<InboundTopic> Topics::Parse(const std::string& topic) const {
  const std::string prefix = base_ + "/checkbox/";
  if (topic.compare(0, prefix.size(), prefix) != 0) return std::nullopt;
  const std::vector<std::string> levels = absl::StrSplit(topic.substr(prefix.size()), '/');
  if (levels.size() != 2 || !CheckName(levels[0]).ok()) return std::nullopt;
  if (levels[1] == "set") return InboundTopic{TopicKind::kSet, levels[0]};
  if (levels[1] == "get") return InboundTopic{TopicKind::kGet, levels[0]};
  if (levels[1] == "report") return InboundTopic{TopicKind::kReport, levels[0]};
  if (levels[1] == "availability") return InboundTopic{TopicKind::kAvailability, levels[0]};
  return std::nullopt;
}

absl::Status CheckBaseTopic(const std::string& base) {
  const std::vector<std::string> levels = absl::StrSplit(base, '/');
  const bool good = base.size() <= kMaximumBaseBytes &&
                    std::all_of(base.begin(), base.end(), IsBaseCharacter) &&
                    std::none_of(levels.begin(), levels.end(),
                                 [](const std::string& level) { return level.empty(); });
  if (good) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_BASE_TOPIC"},
      "the base topic must be levels of printable ASCII such as home/chatwire, without "
      "+, #, $ and blanks, and not begin or end with /");
}

}  // namespace chatwire::mqtt
