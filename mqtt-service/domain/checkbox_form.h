#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_FORM_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_FORM_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/language.h"
#include "mqtt-service/domain/sender_policy.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What somebody does with the form "Checkboxes" in a chat client.
struct FormStep {
  enum class Action { kBegin, kNext, kPrevious, kComplete };

  /// The same for all steps of one person's one form.
  std::string session_id;
  /// Full JID, and whether that is a contact who may see the account's presence.
  std::string from;
  bool from_contact = false;
  Action action = Action::kBegin;
  /// What is ticked, by checkbox, of the page that was shown.
  std::map<std::string, bool> ticked;
};

/// A box of the form.
struct FormBox {
  std::string name;
  std::string label;
  bool ticked = false;
  /// As it is now, which may be something else than what is wanted.
  Checkbox now;
};

/// What is shown, with the pages that there are.
struct FormPage {
  size_t number = 1;
  size_t count = 1;
  std::vector<FormBox> boxes;
};

/// A box that somebody has changed, and what came of it.
struct FormChange {
  /// As it was when the wish was stored; only the name where it is not there any more.
  Checkbox checkbox;
  /// Empty: there is no answer to wait for.
  std::string command_id;
  /// NOT_FOUND where the checkbox was deleted meanwhile.
  absl::Status status;
};

/// The checkboxes as a form (XEP-0004) in any chat client: shows what is wanted, and makes wishes
/// of what a person has changed against what they were shown. So nobody undoes by it what somebody
/// else did meanwhile.
///
/// Not thread-safe.
class CheckboxForm {
 public:
  /// A page has at most so many boxes.
  static constexpr size_t kPageBoxes = 50;
  /// So many people may have the form open; who opened it first loses it.
  static constexpr size_t kMostSessions = 200;

  /// @p rules must outlive the form.
  CheckboxForm(const CheckboxRules& rules, SenderPolicy policy);

  /// The page that @p step leads to. Errors: PERMISSION_DENIED for who may not operate checkboxes,
  /// FAILED_PRECONDITION where the form is not open any more.
  absl::StatusOr<FormPage> Show(Transaction& transaction, const FormStep& step);

  /// Carries out what was changed on all pages, and ends the form. Errors: as Show, and those of
  /// CheckboxRules::Set, which mean that nothing was done.
  absl::StatusOr<std::vector<FormChange>> Complete(Transaction& transaction, const FormStep& step);

  /// The form of @p session_id is closed.
  void Close(const std::string& session_id);

 private:
  struct Session {
    int64_t opened = 0;
    size_t page = 1;
    std::map<std::string, bool> shown;
    std::map<std::string, bool> ticked;
  };

  bool MayOperate(const FormStep& step) const;
  absl::StatusOr<Session*> SessionOf(const FormStep& step);
  void MakeRoom();
  absl::StatusOr<FormChange> Change(Transaction& transaction, const FormStep& step,
                                    const std::string& name, bool ticked) const;

  const CheckboxRules& rules_;
  const SenderPolicy policy_;
  std::map<std::string, Session> sessions_;
  int64_t opened_ = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_FORM_H_
