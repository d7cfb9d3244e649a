#include "mqtt-service/domain/homie_topic.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/checkbox_config.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {
namespace {

bool IsPlain(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c));
}

/// Without a single hyphen, so that the first one of an id ends it.
std::string EscapedBase(const std::string& base) {
  std::string id;
  for (const char c : base) {
    if (IsPlain(c)) {
      id += c;
    } else if (c == '-') {
      id += "--m";
    } else if (c == '_') {
      id += "--u";
    } else {
      absl::StrAppendFormat(&id, "--x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return id;
}

std::string EscapedName(const std::string& name) {
  std::string id;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool hyphen_follows = i + 1 < name.size() && !IsPlain(name[i + 1]);
    if (name[i] == '_') {
      id += "--u";
    } else if (name[i] == '-' && hyphen_follows) {
      id += "--m";
    } else {
      id += name[i];
    }
  }
  return id;
}

/// Nothing where @p id is not what EscapedName makes.
std::optional<std::string> NameIn(absl::string_view id) {
  std::string name;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool escape = absl::StartsWith(id.substr(i), "--");
    if (!escape) {
      name += id[i];
      continue;
    }
    i += 2;
    if (i >= id.size() || (id[i] != 'u' && id[i] != 'm')) return std::nullopt;
    name += id[i] == 'u' ? '_' : '-';
  }
  if (!CheckName(name).ok() || EscapedName(name) != id) return std::nullopt;
  return name;
}

}  // namespace

HomieTopics::HomieTopics(const std::string& domain, const std::string& base)
    : prefix_(domain + "/5/"), root_id_(EscapedBase(base)) {}

std::string HomieTopics::IdOf(const std::string& checkbox) const {
  const std::string name = EscapedName(checkbox);
  return absl::StrCat(root_id_, absl::StartsWith(name, "-") ? "--s" : "-", name);
}

std::optional<std::string> HomieTopics::ParseSet(const std::string& topic) const {
  absl::string_view id = topic;
  const bool set = absl::ConsumePrefix(&id, prefix_) && absl::ConsumeSuffix(&id, kSet);
  if (!set || !absl::ConsumePrefix(&id, root_id_)) return std::nullopt;
  if (!absl::ConsumePrefix(&id, "--s") && !absl::ConsumePrefix(&id, "-")) return std::nullopt;
  const auto name = NameIn(id);
  // Of the two ways to begin a name only one is right.
  return name.has_value() && topic == Device(*name) + kSet ? name : std::nullopt;
}

absl::Status CheckHomieDomain(const std::string& domain, const std::string& base) {
  const bool level = CheckBaseTopic(domain).ok() && !absl::StrContains(domain, "/");
  if (level && base != domain && !absl::StartsWith(base, domain + "/")) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--homie_domain must be one level of printable ASCII such as homie, without +, #, $, / and "
      "blanks, and not the first level of --base_topic");
}

}  // namespace chatwire::mqtt
