#include "mqtt-service/domain/checkbox_form.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire::mqtt {
namespace {

/// More than anybody tells of in a form.
constexpr int64_t kMostBoxes = 1000;

bool IsTicked(const Checkbox& checkbox) {
  const SwitchState state =
      checkbox.desired == SwitchState::kUnknown ? checkbox.reported : checkbox.desired;
  return state == SwitchState::kOn;
}

std::string LabelOf(const Checkbox& checkbox) {
  return checkbox.title.empty() ? checkbox.name : checkbox.title;
}

/// The person, as the policy knows people.
ChatEvent SenderOf(const FormStep& step) {
  ChatEvent event;
  event.from = step.from;
  event.from_contact = step.from_contact;
  return event;
}

absl::Status NotOpen() {
  return MakeError(absl::StatusCode::kFailedPrecondition, {kErrorDomain, "FORM_NOT_OPEN"},
                   "the form is not open any more; open it again");
}

}  // namespace

CheckboxForm::CheckboxForm(const CheckboxRules& rules, SenderPolicy policy)
    : rules_(rules), policy_(std::move(policy)) {}

absl::StatusOr<FormPage> CheckboxForm::Show(Transaction& transaction, const FormStep& step) {
  const auto session = SessionOf(step);
  if (!session.ok()) return session.status();
  auto all = transaction.checkboxes().List("", kMostBoxes);
  std::erase_if(
      all, [&](const Checkbox& checkbox) { return !MayTouch(policy_, checkbox, SenderOf(step)); });
  FormPage page;
  page.count = std::max<size_t>(1, (all.size() + kPageBoxes - 1) / kPageBoxes);
  size_t& number = (*session)->page;
  if (step.action == FormStep::Action::kNext) ++number;
  if (step.action == FormStep::Action::kPrevious && number > 1) --number;
  number = std::min(number, page.count);
  page.number = number;
  const size_t end = std::min(all.size(), number * kPageBoxes);
  for (size_t i = (number - 1) * kPageBoxes; i < end; ++i) {
    const std::string& name = all[i].name;
    // What was shown once stays what changes are told by.
    const bool shown = (*session)->shown.emplace(name, IsTicked(all[i])).first->second;
    const auto ticked = (*session)->ticked.find(name);
    page.boxes.push_back({name, LabelOf(all[i]),
                          ticked == (*session)->ticked.end() ? shown : ticked->second, all[i]});
  }
  return page;
}

absl::StatusOr<std::vector<FormChange>> CheckboxForm::Complete(Transaction& transaction,
                                                               const FormStep& step) {
  const auto session = SessionOf(step);
  if (!session.ok()) return session.status();
  std::vector<FormChange> changes;
  for (const auto& [name, ticked] : (*session)->ticked) {
    if ((*session)->shown.at(name) == ticked) continue;
    auto change = Change(transaction, step, name, ticked);
    if (!change.ok()) return change.status();
    changes.push_back(*std::move(change));
  }
  return changes;
}

void CheckboxForm::Close(const std::string& session_id) { sessions_.erase(session_id); }

bool CheckboxForm::MayOperate(const FormStep& step) const { return policy_.Allows(SenderOf(step)); }

absl::StatusOr<CheckboxForm::Session*> CheckboxForm::SessionOf(const FormStep& step) {
  if (!MayOperate(step)) {
    return MakeError(absl::StatusCode::kPermissionDenied, {kErrorDomain, "NOT_ALLOWED"},
                     absl::StrCat(BareJid(step.from), " may not operate checkboxes here"));
  }
  if (step.action == FormStep::Action::kBegin) {
    MakeRoom();
    Session& session = sessions_[step.session_id];
    session = Session();
    session.opened = ++opened_;
    return &session;
  }
  const auto found = sessions_.find(step.session_id);
  if (found == sessions_.end()) return NotOpen();
  for (const auto& [name, ticked] : step.ticked) {
    // Only what this person was shown: others need not know which names there are.
    if (found->second.shown.count(name) > 0) found->second.ticked[name] = ticked;
  }
  return &found->second;
}

void CheckboxForm::MakeRoom() {
  if (sessions_.size() < kMostSessions) return;
  sessions_.erase(std::min_element(
      sessions_.begin(), sessions_.end(),
      [](const auto& one, const auto& other) { return one.second.opened < other.second.opened; }));
}

absl::StatusOr<FormChange> CheckboxForm::Change(Transaction& transaction, const FormStep& step,
                                                const std::string& name, bool ticked) const {
  FormChange change;
  change.checkbox.name = name;
  const auto found = FindCheckbox(transaction, name);
  change.status = found.status();
  if (found.ok() && !MayTouch(policy_, *found, SenderOf(step))) {
    // Since the form was shown; it is as if it were not there.
    change.status = absl::NotFoundError("not for this person any more");
  }
  if (!change.status.ok()) return change;
  SetWish wish;
  wish.name = name;
  wish.action = ticked ? SwitchAction::kOn : SwitchAction::kOff;
  wish.source = ChangeSource::kForm;
  wish.actor = BareJid(step.from);
  const auto outcome = rules_.Set(transaction, wish);
  if (!outcome.ok()) return outcome.status();
  change.checkbox = outcome->checkbox;
  change.command_id = outcome->command_id;
  return change;
}

}  // namespace chatwire::mqtt
