#include "xmpp-service/domain/room_setup.h"

#include <utility>

#include "xmpp-service/domain/form_answer.h"

namespace chatwire::xmpp {
namespace {

// XEP-0045, section 15.5.3.
constexpr char kProtectedField[] = "muc#roomconfig_passwordprotectedroom";
constexpr char kPasswordField[] = "muc#roomconfig_roomsecret";

}  // namespace

void ConfigureRoom(RoomAdminPort& admin, const std::string& room, const DataForm& answer,
                   Completion<bool> done) {
  if (answer.type == DataFormType::kCancel) {
    admin.SetConfiguration(room, answer, std::move(done));
    return;
  }
  admin.GetConfiguration(
      room, Completion<DataForm>([&admin, room, answer,
                                  done = std::move(done)](absl::StatusOr<DataForm> form) mutable {
        if (!form.ok()) {
          done(form.status());
        } else if (auto fits = CheckFormAnswer(*form, answer); !fits.ok()) {
          done(fits);
        } else {
          admin.SetConfiguration(room, SubmissionFor(*form, answer), std::move(done));
        }
      }));
}

std::optional<std::string> PasswordSetBy(const DataForm& answer) {
  if (answer.type != DataFormType::kSubmit) return std::nullopt;
  const std::string is_protected = answer.Value(kProtectedField);
  if (is_protected == "false" || is_protected == "0") return "";
  if (answer.Find(kPasswordField) == nullptr) return std::nullopt;
  return answer.Value(kPasswordField);
}

}  // namespace chatwire::xmpp
