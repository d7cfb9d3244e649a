// The JSON shapes are API: scripts read them. Each is compared as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/format/account_format.h"
#include "cli/format/checkbox_format.h"
#include "cli/format/contact_format.h"
#include "cli/format/event_format.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

google::protobuf::Timestamp At(int64_t seconds) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  return time;
}

TEST(WordsTest, SpellsEnumsWithoutTheirPrefix) {
  EXPECT_EQ(WordOf(xmpp::v1::CONNECTION_STATE_BACKING_OFF), "backing_off");
  EXPECT_EQ(WordOf(xmpp::v1::CONNECTION_STATE_UNSPECIFIED), "unknown");
  EXPECT_EQ(WordOf(static_cast<xmpp::v1::ConnectionState>(99)), "unknown");
}

TEST(WordsTest, ReadsWordsAndRefusesOthers) {
  const auto kind = ValueOf<xmpp::v1::EventKind>("message-received", "kind");
  ASSERT_TRUE(kind.ok()) << kind.status();
  EXPECT_EQ(*kind, xmpp::v1::EVENT_KIND_MESSAGE_RECEIVED);
  EXPECT_FALSE(ValueOf<xmpp::v1::EventKind>("unspecified", "kind").ok());
  EXPECT_FALSE(ValueOf<xmpp::v1::EventKind>("", "kind").ok());
}

TEST(AccountJsonTest, HasEveryFieldAndLeavesOutWhatIsNotSet) {
  xmpp::v1::Account account;
  account.set_account("bot@example.org");
  account.set_resource("chatwire-1");
  account.mutable_connection()->set_state(xmpp::v1::CONNECTION_STATE_ONLINE);
  *account.mutable_connection()->mutable_state_time() = At(60);
  *account.mutable_create_time() = At(0);
  account.set_pending_message_count(3);
  EXPECT_EQ(
      AccountJson(account).dump(),
      R"({"account":"bot@example.org","resource":"chatwire-1","connection":{"state":"online",)"
      R"("state_time":"1970-01-01T00:01:00.000000Z","resumed":false},)"
      R"("create_time":"1970-01-01T00:00:00.000000Z","pending_message_count":3})");
}

TEST(AccountJsonTest, TellsWhyASessionIsDown) {
  xmpp::v1::Connection connection;
  connection.set_state(xmpp::v1::CONNECTION_STATE_BACKING_OFF);
  connection.mutable_failure()->set_reason("SERVER_UNREACHABLE");
  connection.mutable_failure()->set_message("no route");
  *connection.mutable_next_attempt_time() = At(1);
  const auto json = ConnectionJson(connection);
  EXPECT_EQ(json["failure"].dump(), R"({"reason":"SERVER_UNREACHABLE","message":"no route"})");
  EXPECT_EQ(json["next_attempt_time"], "1970-01-01T00:00:01.000000Z");
  EXPECT_EQ(ConnectionText(connection), "backing_off: SERVER_UNREACHABLE (no route)");
}

TEST(ContactJsonTest, NestsThePresenceOfEachResource) {
  xmpp::v1::Contact contact;
  contact.set_jid("alice@example.org");
  contact.add_groups("Home");
  contact.set_subscription(xmpp::v1::SUBSCRIPTION_BOTH);
  auto* const resource = contact.add_resources();
  resource->set_resource("phone");
  resource->mutable_presence()->set_availability(xmpp::v1::AVAILABILITY_AWAY);
  resource->mutable_presence()->set_status("at lunch");
  EXPECT_EQ(
      ContactJson(contact).dump(),
      R"({"jid":"alice@example.org","name":"","groups":["Home"],"subscription":"both",)"
      R"("subscription_requested":false,"resources":[{"resource":"phone","presence":{"availability":"away",)"
      R"("status":"at lunch","priority":0}}]})");
}

TEST(EventJsonTest, PutsWhatHappenedUnderTheNameOfItsKind) {
  xmpp::v1::Event event;
  event.set_sequence(7);
  event.set_event_id("e7");
  event.set_account("bot@example.org");
  event.mutable_message_received()->set_from("alice@example.org/phone");
  event.mutable_message_received()->set_body("lamp \"on\"\n");
  event.mutable_message_received()->set_source(xmpp::v1::MESSAGE_SOURCE_LIVE);
  const auto json = EventJson(event);
  EXPECT_EQ(json["sequence"], 7);
  EXPECT_EQ(json["kind"], "message_received");
  EXPECT_EQ(json["message_received"]["from"], "alice@example.org/phone");
  EXPECT_EQ(json["message_received"]["body"], "lamp \"on\"\n");
  EXPECT_EQ(json["message_received"]["source"], "live");
}

/// Every kind that the service can send has a JSON form and a line of text.
TEST(EventJsonTest, KnowsEveryKindOfTheContract) {
  const auto* const payload = xmpp::v1::Event::descriptor()->FindOneofByName("payload");
  for (int i = 0; i < payload->field_count(); ++i) {
    xmpp::v1::Event event;
    const auto* const field = payload->field(i);
    event.GetReflection()->MutableMessage(&event, field);
    const auto json = EventJson(event);
    EXPECT_EQ(json["kind"], field->name());
    ASSERT_TRUE(json[field->name()].is_object()) << field->name();
    // The same names as in the contract, and none missing.
    for (int k = 0; k < field->message_type()->field_count(); ++k) {
      const std::string name = field->message_type()->field(k)->name();
      EXPECT_TRUE(json[field->name()].contains(name)) << field->name() << "." << name;
    }
    EXPECT_EQ(EventText(event).find("does not know"), std::string::npos) << field->name();
  }
}

TEST(EventJsonTest, CallsANewerKindUnknown) {
  EXPECT_EQ(EventJson(xmpp::v1::Event())["kind"], "unknown");
}

TEST(CheckboxFormatTest, HasStableJson) {
  mqtt::v1::Checkbox checkbox;
  checkbox.set_name("lamp");
  checkbox.set_desired(mqtt::v1::CHECKBOX_STATE_ON);
  checkbox.set_version(2);
  checkbox.set_pending(true);
  checkbox.mutable_last_change()->set_source(mqtt::v1::CHANGE_SOURCE_CHAT);
  checkbox.mutable_last_change()->set_actor("alice@example.org");
  EXPECT_EQ(CheckboxJson(checkbox).dump(),
            R"({"name":"lamp","title":"","desired":"on","reported":"unknown","pending":true,)"
            R"("availability":"unknown","virtual":false,"version":2,)"
            R"("create_time":"1970-01-01T00:00:00.000000Z","last_change":{"source":"chat",)"
            R"("actor":"alice@example.org","change_time":"1970-01-01T00:00:00.000000Z"}})");
}

TEST(CheckboxFormatTest, NeverSaysOnBeforeTheDeviceDid) {
  mqtt::v1::Checkbox checkbox;
  checkbox.set_name("lamp");
  EXPECT_EQ(CheckboxText(checkbox), "lamp: the device has not reported yet");
  checkbox.set_desired(mqtt::v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(CheckboxText(checkbox),
            "lamp: the device has not reported yet (wanted: on, not confirmed yet)");
  checkbox.set_reported(mqtt::v1::CHECKBOX_STATE_OFF);
  EXPECT_EQ(CheckboxText(checkbox), "lamp is off (wanted: on, not confirmed yet)");
  checkbox.set_reported(mqtt::v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(CheckboxText(checkbox), "lamp is on");
}

TEST(CheckboxFormatTest, SaysHowADeviceIsReached) {
  mqtt::v1::Checkbox checkbox;
  EXPECT_TRUE(DeviceLines(checkbox).empty());
  mqtt::v1::DeviceBinding& device = *checkbox.mutable_device();
  device.set_command_topic("cmnd/lamp/POWER");
  device.set_payload_on("ON");
  device.set_payload_off("OFF");
  device.add_states()->set_topic("stat/lamp/POWER");
  mqtt::v1::DeviceReading& telemetry = *device.add_states();
  telemetry.set_topic("tele/lamp/STATE");
  telemetry.set_value_path("POWER");
  device.add_state_on("ON");
  device.add_state_off("OFF");
  device.add_state_off("TRIPPED");
  EXPECT_THAT(DeviceLines(checkbox),
              testing::ElementsAre("  asked on cmnd/lamp/POWER: ON / OFF",
                                   "  says what it is on stat/lamp/POWER, tele/lamp/STATE (POWER): "
                                   "ON / OFF or TRIPPED"));
  device.add_availability()->set_topic("tele/lamp/LWT");
  device.add_online("Online");
  device.add_offline("Offline");
  EXPECT_EQ(DeviceLines(checkbox).back(),
            "  says whether it is there on tele/lamp/LWT: Online / Offline");
  const nlohmann::json json = CheckboxJson(checkbox)["device"];
  EXPECT_EQ(json["command_topic"], "cmnd/lamp/POWER");
  EXPECT_EQ(json["states"][1]["value_path"], "POWER");
  EXPECT_FALSE(json.contains("preset"));
}

}  // namespace
}  // namespace chatwire::cli
