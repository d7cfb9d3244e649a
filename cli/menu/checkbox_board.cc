#include "cli/menu/checkbox_board.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

using mqtt::v1::Checkbox;

std::string MarkOf(const Checkbox& box) {
  if (box.reported() == mqtt::v1::CHECKBOX_STATE_ON) return "[x]";
  return box.reported() == mqtt::v1::CHECKBOX_STATE_OFF ? "[ ]" : "[?]";
}

/// What stands between what is seen and what was wished.
std::string WhyNot(const Checkbox& box) {
  const bool away = box.availability() == mqtt::v1::DEVICE_AVAILABILITY_OFFLINE;
  if (!box.pending()) return away ? Tr("the device is away") : "";
  const bool on = box.desired() == mqtt::v1::CHECKBOX_STATE_ON;
  if (away) {
    return on ? Tr("wanted: on, but the device is away")
              : Tr("wanted: off, but the device is away");
  }
  return on ? Tr("wanted: on, not confirmed yet") : Tr("wanted: off, not confirmed yet");
}

std::string LineOf(const Checkbox& box) {
  const std::string why = WhyNot(box);
  return absl::StrCat(MarkOf(box), " ", box.title().empty() ? box.name() : box.title(),
                      why.empty() ? "" : absl::StrCat("  (", why, ")"));
}

}  // namespace

void CheckboxBoard::Apply(const mqtt::v1::WatchCheckboxesResponse& response) {
  if (response.has_checkbox()) boxes_[response.checkbox().name()] = response.checkbox();
  if (!response.deleted_name().empty()) boxes_.erase(response.deleted_name());
  if (response.initial_complete()) complete_ = true;
}

void CheckboxBoard::Clear() {
  boxes_.clear();
  complete_ = false;
}

size_t CheckboxBoard::at() const {
  const auto found = boxes_.lower_bound(chosen_);
  const auto index = static_cast<size_t>(std::distance(boxes_.begin(), found));
  return boxes_.empty() ? 0 : std::min(index, boxes_.size() - 1);
}

void CheckboxBoard::Press(MenuKey key) {
  if (boxes_.empty()) return;
  const size_t place = PlaceAfter(key, at(), boxes_.size());
  chosen_ = std::next(boxes_.begin(), static_cast<std::ptrdiff_t>(place))->first;
}

std::optional<mqtt::v1::SetCheckboxRequest> CheckboxBoard::Toggle(
    const std::string& request_id) const {
  if (boxes_.empty()) return std::nullopt;
  mqtt::v1::SetCheckboxRequest request;
  request.set_name(std::next(boxes_.begin(), static_cast<std::ptrdiff_t>(at()))->first);
  request.set_action(mqtt::v1::CHECKBOX_ACTION_TOGGLE);
  request.set_request_id(request_id);
  return request;
}

std::vector<std::string> CheckboxBoard::Lines() const {
  std::vector<std::string> lines;
  for (const auto& [name, box] : boxes_) lines.push_back(LineOf(box));
  return lines;
}

}  // namespace chatwire::cli
