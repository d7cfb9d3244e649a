#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOM_ADMIN_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOM_ADMIN_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/room_admin_port.h"

namespace chatwire::xmpp {

/// Answers at once, and remembers what it was asked.
class FakeRoomAdmin final : public RoomAdminPort {
 public:
  FakeRoomAdmin() {
    form.Set("muc#roomconfig_roomname", {"coven"}, FormFieldType::kTextSingle);
    form.Set("muc#roomconfig_moderatedroom", {"false"}, FormFieldType::kBoolean);
    form.Set("muc#roomconfig_roomsecret", {""}, FormFieldType::kTextPrivate);
  }

  void Exists(const std::string&, Completion<bool> done) override { done(true); }
  void GetConfiguration(const std::string&, Completion<DataForm> done) override { done(form); }
  void SetConfiguration(const std::string&, const DataForm& submitted,
                        Completion<bool> done) override {
    configurations.push_back(submitted);
    if (refusal.ok()) {
      done(true);
    } else {
      done(refusal);
    }
  }
  void Destroy(const std::string&, const std::string&, const std::string&,
               Completion<bool>) override {}
  void SetRole(const std::string&, const std::string&, RoomRole, const std::string&,
               Completion<bool>) override {}
  void ListAffiliates(const std::string&, RoomAffiliation,
                      Completion<std::vector<RoomAffiliate>>) override {}
  void SetAffiliation(const std::string&, const RoomAffiliate&, Completion<bool>) override {}
  void RegisterNick(const std::string&, const std::string&, Completion<std::string>) override {}

  DataForm form;
  absl::Status refusal;
  std::vector<DataForm> configurations;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_ROOM_ADMIN_H_
