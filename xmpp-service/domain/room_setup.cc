#include "xmpp-service/domain/room_setup.h"

#include <utility>

#include "xmpp-service/domain/form_answer.h"

namespace chatwire::xmpp {

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

}  // namespace chatwire::xmpp
