// Declared commands against a service that answers anything: which RPC, which request, what is
// printed.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "chatwire/xmpp/v1/blocking_service.pb.h"
#include "chatwire/xmpp/v1/chat_service.pb.h"
#include "chatwire/xmpp/v1/discovery_service.pb.h"
#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "chatwire/xmpp/v1/room_admin_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "chatwire/xmpp/v1/stanza_service.pb.h"
#include "tests/unit/cli/any_service.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Json = nlohmann::json;

class RpcCommandTest : public CliTest {
 protected:
  RpcCommandTest() {
    setenv("CHATWIRE_SERVER", any_.address().c_str(), 1);
    setenv("CHATWIRE_MQTT_SERVER", any_.address().c_str(), 1);
    setenv("CHATWIRE_TOKEN_FILE", WriteFile("xmpp.token", "xmpp-secret\n").c_str(), 1);
    setenv("CHATWIRE_MQTT_TOKEN_FILE", WriteFile("mqtt.token", "mqtt-secret\n").c_str(), 1);
    setenv("CHATWIRE_ACCOUNT", "bot@example.org", 1);
  }
  ~RpcCommandTest() override { unsetenv("CHATWIRE_ACCOUNT"); }

  /// Runs a command that has to succeed with @p response, and returns the request.
  template <typename Request, typename Response>
  Request Sent(const std::vector<std::string>& arguments, const std::string& path,
               const Response& response, const std::string& input = "") {
    any_.Answer(response);
    const size_t before = any_.asked().size();
    result_ = RunCli(arguments, input);
    EXPECT_EQ(result_.exit_code, 0) << result_.error;
    const auto asked = any_.asked();
    Request request;
    if (asked.size() != before + 1) {
      ADD_FAILURE() << asked.size() - before << " calls";
      return request;
    }
    EXPECT_EQ(asked.back().path, "/chatwire." + path);
    EXPECT_TRUE(request.ParseFromString(asked.back().bytes));
    return request;
  }

  AnyService any_;
  RunResult result_;
};

TEST_F(RpcCommandTest, OptionsFillTheFieldsOfTheRequest) {
  xmpp::v1::AddContactResponse response;
  response.mutable_contact()->set_jid("alice@example.org");
  const auto request =
      Sent<xmpp::v1::AddContactRequest>({"contact", "add", "alice@example.org", "--name", "Alice",
                                         "--group", "Friends", "--group", "Tea", "--request"},
                                        "xmpp.v1.RosterService/AddContact", response);
  EXPECT_EQ(request.account(), "bot@example.org");
  EXPECT_EQ(request.jid(), "alice@example.org");
  EXPECT_EQ(request.name(), "Alice");
  EXPECT_THAT(request.groups(), ::testing::ElementsAre("Friends", "Tea"));
  EXPECT_TRUE(request.request_subscription());
  EXPECT_THAT(request.request_id(), SizeIs(36));
  EXPECT_EQ(result_.out, "alice@example.org is on the list\n");
}

TEST_F(RpcCommandTest, WhatIsNotGivenIsNotSet) {
  const auto request = Sent<xmpp::v1::UpdateContactRequest>(
      {"contact", "rename", "alice@example.org", ""}, "xmpp.v1.RosterService/UpdateContact",
      xmpp::v1::UpdateContactResponse());
  EXPECT_THAT(request.update_mask().paths(), ::testing::ElementsAre("name"));
  EXPECT_EQ(request.contact().name(), "");
  EXPECT_THAT(request.contact().groups(), IsEmpty());
}

TEST_F(RpcCommandTest, AnOptionalArgumentTakesManyValuesOrNone) {
  const auto many = Sent<xmpp::v1::UpdateContactRequest>(
      {"contact", "group", "alice@example.org", "Tea", "Friends"},
      "xmpp.v1.RosterService/UpdateContact", xmpp::v1::UpdateContactResponse());
  EXPECT_THAT(many.contact().groups(), ::testing::ElementsAre("Tea", "Friends"));
  const auto none = Sent<xmpp::v1::UpdateContactRequest>({"contact", "group", "alice@example.org"},
                                                         "xmpp.v1.RosterService/UpdateContact",
                                                         xmpp::v1::UpdateContactResponse());
  EXPECT_THAT(none.contact().groups(), IsEmpty());
  EXPECT_THAT(none.update_mask().paths(), ::testing::ElementsAre("groups"));
}

TEST_F(RpcCommandTest, EachJidMakesOneChangeAndAllGetTheRest) {
  xmpp::v1::SetAffiliationsResponse response;
  auto& result = *response.add_results();
  result.set_jid("a@example.org");
  result.set_done(true);
  const auto request =
      Sent<xmpp::v1::SetAffiliationsRequest>({"room", "ban", "tea@rooms.example.org",
                                              "a@example.org", "b@example.org", "--reason", "spam"},
                                             "xmpp.v1.RoomAdminService/SetAffiliations", response);
  ASSERT_THAT(request.changes(), SizeIs(2));
  for (const auto& change : request.changes()) {
    EXPECT_EQ(change.affiliation(), xmpp::v1::ROOM_AFFILIATION_OUTCAST);
    EXPECT_EQ(change.reason(), "spam");
  }
  EXPECT_EQ(request.changes(1).jid(), "b@example.org");
  EXPECT_EQ(result_.out, "a@example.org\tyes\t\n");
}

TEST_F(RpcCommandTest, WhatWasNotDoneForSomeIsAnErrorThatNamesThem) {
  xmpp::v1::InviteToRoomResponse response;
  auto& result = *response.add_results();
  result.set_jid("a@example.org");
  result.set_error_reason("FORBIDDEN");
  result.set_error_message("members may not invite");
  any_.Answer(response);
  const RunResult done = RunCli({"room", "invite", "tea@rooms.example.org", "a@example.org"});
  EXPECT_EQ(done.exit_code, 5);
  EXPECT_THAT(done.error, HasSubstr("a@example.org (FORBIDDEN: members may not invite)"));
}

TEST_F(RpcCommandTest, PairsOfTheSameNameAreValuesOfOneField) {
  const auto request = Sent<xmpp::v1::ConfigureRoomRequest>(
      {"room", "configure", "tea@rooms.example.org", "--field", "admins=a@example.org", "--field",
       "admins=b@example.org", "--field", "title=Tea=Time"},
      "xmpp.v1.RoomAdminService/ConfigureRoom", xmpp::v1::ConfigureRoomResponse());
  EXPECT_EQ(request.configuration().type(), xmpp::v1::DATA_FORM_TYPE_SUBMIT);
  ASSERT_THAT(request.configuration().fields(), SizeIs(2));
  EXPECT_THAT(request.configuration().fields(0).values(),
              ::testing::ElementsAre("a@example.org", "b@example.org"));
  EXPECT_EQ(request.configuration().fields(1).values(0), "Tea=Time");
}

TEST_F(RpcCommandTest, PairsWithoutAnEqualsSignAreToldBeforeAnythingIsSent) {
  const RunResult done =
      RunCli({"room", "configure", "tea@rooms.example.org", "--field", "persistent"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("--field takes NAME=VALUE"));
  EXPECT_THAT(any_.asked(), IsEmpty());
}

TEST_F(RpcCommandTest, WordsStandForEnums) {
  const auto request = Sent<xmpp::v1::SetPresenceRequest>(
      {"presence", "set", "dnd", "--status", "busy", "--priority", "-5"},
      "xmpp.v1.PresenceService/SetPresence", xmpp::v1::SetPresenceResponse());
  EXPECT_EQ(request.presence().availability(), xmpp::v1::AVAILABILITY_DO_NOT_DISTURB);
  EXPECT_EQ(request.presence().status(), "busy");
  EXPECT_EQ(request.presence().priority(), -5);
  EXPECT_EQ(result_.out, "shown as do_not_disturb\n");
}

TEST_F(RpcCommandTest, AWrongWordIsToldWithTheRightOnes) {
  const RunResult done = RunCli({"contact", "cancel", "alice@example.org", "form"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("choose one of to, from; did you mean \"from\"?"));
  EXPECT_THAT(any_.asked(), IsEmpty());
}

TEST_F(RpcCommandTest, ATextMayComeFromStandardInputAndACallMayWait) {
  xmpp::v1::CorrectMessageResponse response;
  response.set_stage(xmpp::v1::DELIVERY_STAGE_SERVER_ACK);
  const auto request = Sent<xmpp::v1::CorrectMessageRequest>(
      {"message", "correct", "alice@example.org", "m1", "-", "--wait", "ack", "--timeout", "3s"},
      "xmpp.v1.ChatService/CorrectMessage", response, "two\nlines\n");
  EXPECT_EQ(request.body(), "two\nlines");
  EXPECT_EQ(request.wait_for(), xmpp::v1::DELIVERY_STAGE_SERVER_ACK);
  EXPECT_EQ(request.wait_timeout().seconds(), 3);
}

TEST_F(RpcCommandTest, AMessageThatCameBackIsAnError) {
  xmpp::v1::SendRoomMessageResponse response;
  response.set_stage(xmpp::v1::DELIVERY_STAGE_FAILED);
  any_.Answer(response);
  const RunResult done =
      RunCli({"room", "send", "tea@rooms.example.org", "hello", "--wait", "ack"});
  EXPECT_EQ(done.exit_code, 5);
}

TEST_F(RpcCommandTest, AListFollowsThePagesUpToItsLimit) {
  xmpp::v1::ListContactsResponse first;
  first.add_contacts()->set_jid("a@example.org");
  first.set_next_page_token("second");
  xmpp::v1::ListContactsResponse second;
  second.add_contacts()->set_jid("b@example.org");
  second.add_contacts()->set_jid("c@example.org");
  any_.Answer(first);
  any_.Answer(second);
  const RunResult done = RunCli({"contacts", "--limit", "2", "--json"});
  EXPECT_EQ(done.exit_code, 0) << done.error;
  EXPECT_THAT(done.out, HasSubstr("{\"jid\":\"b@example.org\""));
  EXPECT_THAT(done.out, ::testing::Not(HasSubstr("c@example.org")));
  const auto asked = any_.asked();
  ASSERT_THAT(asked, SizeIs(2));
  xmpp::v1::ListContactsRequest request;
  ASSERT_TRUE(request.ParseFromString(asked[1].bytes));
  EXPECT_EQ(request.page_token(), "second");
  EXPECT_EQ(request.page_size(), 1);
}

TEST_F(RpcCommandTest, AHistoryEndsWithTheNewest) {
  xmpp::v1::ListMessagesResponse response;
  response.add_messages()->set_body("newest");
  response.add_messages()->set_body("older");
  const auto request =
      Sent<xmpp::v1::ListMessagesRequest>({"history", "alice@example.org", "--since", "2026-11-20"},
                                          "xmpp.v1.ChatService/ListMessages", response);
  EXPECT_EQ(request.peer(), "alice@example.org");
  EXPECT_EQ(request.page_size(), 50);
  EXPECT_EQ(request.start_time().seconds(), 1795132800);
  EXPECT_LT(result_.out.find("older"), result_.out.find("newest"));
}

TEST_F(RpcCommandTest, AListOfPlainTextsIsJsonObjectsToo) {
  xmpp::v1::ListBlockedResponse response;
  response.add_jids("spam.example");
  Sent<xmpp::v1::ListBlockedRequest>({"contact", "blocked", "--json"},
                                     "xmpp.v1.BlockingService/ListBlocked", response);
  EXPECT_EQ(Json::parse(result_.out), Json({{"jid", "spam.example"}}));
}

TEST_F(RpcCommandTest, AnEmptyResponseIsDone) {
  Sent<xmpp::v1::LeaveRoomRequest>({"room", "leave", "tea@rooms.example.org", "--json",
                                    "--request-id", "7c0f2b52-6d3c-4b26-9a5e-0d9f3d0d3c11"},
                                   "xmpp.v1.RoomService/LeaveRoom", xmpp::v1::LeaveRoomResponse());
  EXPECT_EQ(Json::parse(result_.out),
            Json({{"done", true}, {"request_id", "7c0f2b52-6d3c-4b26-9a5e-0d9f3d0d3c11"}}));
}

TEST_F(RpcCommandTest, AnObjectIsShownInLinesWithoutWhatIsEmpty) {
  xmpp::v1::GetServerFeaturesResponse response;
  response.set_domain("example.org");
  response.mutable_server()->add_identities()->set_category("server");
  response.add_room_services("rooms.example.org");
  Sent<xmpp::v1::GetServerFeaturesRequest>({"discover", "features"},
                                           "xmpp.v1.DiscoveryService/GetServerFeatures", response);
  EXPECT_THAT(result_.out, ::testing::StartsWith("domain: example.org\nserver:\n  identities:\n"
                                                 "    category: server\n"));
  EXPECT_THAT(result_.out, HasSubstr("room services: rooms.example.org\n"));
  EXPECT_THAT(result_.out, ::testing::Not(HasSubstr("upload service")));
}

TEST_F(RpcCommandTest, AnIqWaitsAsLongAsTheCall) {
  xmpp::v1::SendIqResponse response;
  response.set_xml("<iq/>");
  const auto request = Sent<xmpp::v1::SendIqRequest>({"stanza", "iq", "<iq/>", "--timeout", "4s"},
                                                     "xmpp.v1.StanzaService/SendIq", response);
  EXPECT_EQ(request.timeout().seconds(), 4);
  EXPECT_EQ(result_.out, "<iq/>\n");
}

TEST_F(RpcCommandTest, BytesGoToTheBrokerAsTheyAre) {
  const std::string picture("\xff\x00\n", 3);
  const auto request = Sent<mqtt::v1::PublishRequest>(
      {"broker", "publish", "home/picture", "-", "--qos", "2", "--retain", "--property", "a=1",
       "--property", "a=2"},
      "mqtt.v1.BrokerService/Publish", mqtt::v1::PublishResponse(), picture);
  EXPECT_EQ(request.message().payload(), picture);
  EXPECT_EQ(request.message().qos(), mqtt::v1::QUALITY_OF_SERVICE_EXACTLY_ONCE);
  EXPECT_TRUE(request.message().retain());
  ASSERT_THAT(request.message().user_properties(), SizeIs(2));
  EXPECT_EQ(request.message().user_properties(1).value(), "2");
}

TEST_F(RpcCommandTest, WhatCannotBeUndoneWantsAYes) {
  const RunResult done = RunCli({"room", "destroy", "tea@rooms.example.org"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("--yes"));
  EXPECT_THAT(any_.asked(), IsEmpty());
}

TEST_F(RpcCommandTest, AnErrorOfTheServiceEndsTheCommandWithItsKind) {
  any_.Fail(Failure(absl::StatusCode::kNotFound, "ROOM_NOT_FOUND", "there is no such room"));
  const RunResult done = RunCli({"room", "info", "no@rooms.example.org", "--json"});
  EXPECT_EQ(done.exit_code, 4);
  EXPECT_EQ(Json::parse(done.error)["error"]["reason"], "ROOM_NOT_FOUND");
  EXPECT_THAT(done.out, IsEmpty());
}

TEST_F(RpcCommandTest, ADeviceIsBoundByItsParts) {
  mqtt::v1::UpdateCheckboxResponse response;
  response.mutable_checkbox()->set_name("lamp");
  response.mutable_checkbox()->mutable_device()->set_command_topic("home/lamp/do");
  const auto request = Sent<mqtt::v1::UpdateCheckboxRequest>(
      {"checkbox",     "device",        "lamp",   "--preset",      "custom", "--command-topic",
       "home/lamp/do", "--payload-on",  "1",      "--payload-off", "0",      "--state-topic",
       "home/lamp/is", "--state-topic", "home/a", "--state-path",  "power",  "--state-path",
       "relays[0].on", "--state-on",    "1",      "--state-off",   "0"},
      "mqtt.v1.CheckboxService/UpdateCheckbox", response);
  EXPECT_EQ(result_.out, "lamp is asked on home/lamp/do\n");
  ASSERT_THAT(request.update_mask().paths(), SizeIs(1));
  EXPECT_EQ(request.update_mask().paths(0), "device");
  const mqtt::v1::DeviceBinding& device = request.checkbox().device();
  EXPECT_EQ(device.preset(), mqtt::v1::DEVICE_PRESET_CUSTOM);
  ASSERT_THAT(device.states(), SizeIs(2));
  EXPECT_EQ(device.states(1).topic(), "home/a");
  EXPECT_EQ(device.states(0).value_path(), "power");
  EXPECT_EQ(device.states(1).value_path(), "relays[0].on");
}

TEST_F(RpcCommandTest, UnbindSendsNoDevice) {
  mqtt::v1::UpdateCheckboxResponse response;
  response.mutable_checkbox()->set_name("lamp");
  const auto request = Sent<mqtt::v1::UpdateCheckboxRequest>(
      {"checkbox", "unbind", "lamp"}, "mqtt.v1.CheckboxService/UpdateCheckbox", response);
  EXPECT_FALSE(request.checkbox().has_device());
  EXPECT_EQ(request.update_mask().paths(0), "device");
}

TEST_F(RpcCommandTest, AWrongQosIsToldAsItIsTyped) {
  const RunResult done = RunCli({"broker", "publish", "a/b", "x", "--qos", "5"});
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_THAT(done.error, HasSubstr("write 0, 1 or 2"));
}

}  // namespace
}  // namespace chatwire::cli
