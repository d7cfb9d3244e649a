#include "mqtt-service/wire/checkbox_proto.h"

#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/error.h"
#include "common/rpc/time.h"
#include "mqtt-service/wire/device_proto.h"

namespace chatwire::mqtt {
namespace {

constexpr char kPagePrefix[] = "page:";

}  // namespace

v1::Change ToProto(const Change& change) {
  v1::Change proto;
  // The domain's numbers are those of the API.
  proto.set_source(static_cast<v1::ChangeSource>(change.source));
  proto.set_actor(change.actor);
  *proto.mutable_change_time() = chatwire::ToProto(change.time);
  return proto;
}

v1::Checkbox ToProto(const Checkbox& checkbox) {
  v1::Checkbox proto;
  proto.set_name(checkbox.name);
  proto.set_title(checkbox.title);
  // The domain's numbers are those of the API.
  proto.set_desired(static_cast<v1::CheckboxState>(checkbox.desired));
  proto.set_reported(static_cast<v1::CheckboxState>(checkbox.reported));
  proto.set_version(checkbox.version);
  proto.set_availability(static_cast<v1::DeviceAvailability>(checkbox.availability));
  if (checkbox.last_change.source != ChangeSource::kNone) {
    *proto.mutable_last_change() = ToProto(checkbox.last_change);
  }
  if (checkbox.report_time != absl::InfinitePast()) {
    *proto.mutable_report_time() = chatwire::ToProto(checkbox.report_time);
  }
  proto.set_virtual_device(checkbox.virtual_device);
  *proto.mutable_create_time() = chatwire::ToProto(checkbox.create_time);
  proto.set_pending(!checkbox.pending_command.empty());
  for (const Alias& alias : checkbox.aliases) {
    v1::Alias& added = *proto.add_aliases();
    added.set_language(alias.language);
    added.set_text(alias.text);
  }
  for (const std::string& label : checkbox.labels) proto.add_labels(label);
  for (const std::string& entry : checkbox.chat_allow) proto.add_chat_allow(entry);
  if (checkbox.device.bound()) *proto.mutable_device() = ToProto(checkbox.device);
  return proto;
}

std::vector<Alias> FromProto(const google::protobuf::RepeatedPtrField<v1::Alias>& aliases) {
  std::vector<Alias> result;
  for (const v1::Alias& alias : aliases) result.push_back({alias.language(), alias.text()});
  return result;
}

absl::StatusOr<CheckboxConfig> ConfigFromProto(const v1::CreateCheckboxRequest& request) {
  auto device = FromProto(request.device());
  if (!device.ok()) return device.status();
  CheckboxConfig config;
  config.name = request.name();
  config.title = request.title();
  config.aliases = FromProto(request.aliases());
  config.labels.assign(request.labels().begin(), request.labels().end());
  config.virtual_device = request.virtual_device();
  config.chat_allow.assign(request.chat_allow().begin(), request.chat_allow().end());
  config.device = *std::move(device);
  return config;
}

absl::StatusOr<CheckboxChange> ChangeFromProto(const v1::Checkbox& checkbox,
                                               const google::protobuf::FieldMask& mask) {
  CheckboxChange change;
  bool good = mask.paths_size() > 0;
  for (const std::string& path : mask.paths()) {
    if (path == "title") {
      change.title = checkbox.title();
    } else if (path == "aliases") {
      change.aliases = FromProto(checkbox.aliases());
    } else if (path == "labels") {
      change.labels.emplace(checkbox.labels().begin(), checkbox.labels().end());
    } else if (path == "chat_allow") {
      change.chat_allow.emplace(checkbox.chat_allow().begin(), checkbox.chat_allow().end());
    } else if (path == "device") {
      auto device = FromProto(checkbox.device());
      if (!device.ok()) return device.status();
      change.device = *std::move(device);
    } else {
      good = false;
    }
  }
  if (good) return change;
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_UPDATE_MASK"},
                   "`update_mask` must name some of title, aliases, labels, chat_allow, device");
}

absl::StatusOr<SwitchAction> ActionFromProto(v1::CheckboxAction action) {
  switch (action) {
    case v1::CHECKBOX_ACTION_OFF:
      return SwitchAction::kOff;
    case v1::CHECKBOX_ACTION_ON:
      return SwitchAction::kOn;
    case v1::CHECKBOX_ACTION_TOGGLE:
      return SwitchAction::kToggle;
    default:
      return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_ACTION"},
                       "`action` must be CHECKBOX_ACTION_ON, _OFF or _TOGGLE");
  }
}

std::string MakeResumeToken(const std::string& store_id, int64_t sequence) {
  return absl::WebSafeBase64Escape(absl::StrCat("1:", store_id, ":", sequence));
}

absl::StatusOr<int64_t> ParseResumeToken(const std::string& token, const std::string& store_id,
                                         int64_t last_sequence) {
  std::string text;
  int64_t sequence = -1;
  if (absl::WebSafeBase64Unescape(token, &text)) {
    const std::vector<std::string> parts = absl::StrSplit(text, ':');
    const bool ours = parts.size() == 3 && parts[0] == "1" && parts[1] == store_id &&
                      absl::SimpleAtoi(parts[2], &sequence);
    if (ours && sequence >= 0 && sequence <= last_sequence) return sequence;
  }
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_RESUME_TOKEN"},
                   "`resume_token` is not a token of this service; watch again without one");
}

std::string MakePageToken(const std::string& name) {
  return absl::WebSafeBase64Escape(absl::StrCat(kPagePrefix, name));
}

absl::StatusOr<std::string> ParsePageToken(const std::string& token) {
  if (token.empty()) return std::string();
  std::string text;
  absl::string_view name;
  if (absl::WebSafeBase64Unescape(token, &text)) {
    name = text;
    if (absl::ConsumePrefix(&name, kPagePrefix) && CheckName(std::string(name)).ok()) {
      return std::string(name);
    }
  }
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_PAGE"},
                   "`page_token` is not one of this service; list again without one");
}

}  // namespace chatwire::mqtt
