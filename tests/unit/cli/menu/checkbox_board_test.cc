#include "cli/menu/checkbox_board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

mqtt::v1::WatchCheckboxesResponse Told(const std::string& name, mqtt::v1::CheckboxState reported) {
  mqtt::v1::WatchCheckboxesResponse response;
  response.mutable_checkbox()->set_name(name);
  response.mutable_checkbox()->set_reported(reported);
  return response;
}

TEST(CheckboxBoardTest, ShowsWhatTheDeviceSaidAndWhatIsStillWaitedFor) {
  CheckboxBoard board;
  board.Apply(Told("fan", mqtt::v1::CHECKBOX_STATE_ON));
  auto lamp = Told("lamp", mqtt::v1::CHECKBOX_STATE_OFF);
  lamp.mutable_checkbox()->set_title("Lamp in the hall");
  lamp.mutable_checkbox()->set_pending(true);
  board.Apply(lamp);
  auto pump = Told("pump", mqtt::v1::CHECKBOX_STATE_UNSPECIFIED);
  pump.mutable_checkbox()->set_availability(mqtt::v1::DEVICE_AVAILABILITY_OFFLINE);
  board.Apply(pump);
  auto heater = pump;
  heater.mutable_checkbox()->set_name("radiator");
  heater.mutable_checkbox()->set_desired(mqtt::v1::CHECKBOX_STATE_ON);
  heater.mutable_checkbox()->set_pending(true);
  board.Apply(heater);

  EXPECT_THAT(board.Lines(),
              ElementsAre("[x] fan", "[ ] Lamp in the hall  (wanted: off, not confirmed yet)",
                          "[?] pump  (the device is away)",
                          "[?] radiator  (wanted: on, but the device is away)"));
}

TEST(CheckboxBoardTest, TheChosenOneStaysChosenWhenOthersComeAndGo) {
  CheckboxBoard board;
  board.Apply(Told("lamp", mqtt::v1::CHECKBOX_STATE_ON));
  board.Apply(Told("pump", mqtt::v1::CHECKBOX_STATE_ON));
  board.Press(MenuKey::kDown);

  board.Apply(Told("fan", mqtt::v1::CHECKBOX_STATE_ON));

  EXPECT_EQ(board.at(), 2U);
  const auto wish = board.Toggle("id");
  ASSERT_TRUE(wish.has_value());
  EXPECT_EQ(wish->name(), "pump");
  EXPECT_EQ(wish->action(), mqtt::v1::CHECKBOX_ACTION_TOGGLE);
  EXPECT_EQ(wish->request_id(), "id");
  mqtt::v1::WatchCheckboxesResponse gone;
  gone.set_deleted_name("pump");
  board.Apply(gone);
  EXPECT_EQ(board.at(), 1U);
}

TEST(CheckboxBoardTest, NothingCanBeToggledWhereThereIsNone) {
  CheckboxBoard board;
  board.Press(MenuKey::kDown);
  EXPECT_FALSE(board.Toggle("id").has_value());
  EXPECT_FALSE(board.complete());

  mqtt::v1::WatchCheckboxesResponse end;
  end.set_initial_complete(true);
  board.Apply(end);

  EXPECT_TRUE(board.complete());
  EXPECT_THAT(board.Lines(), IsEmpty());
}

TEST(CheckboxBoardTest, BeginsAnewWhenAllIsToldAnew) {
  CheckboxBoard board;
  board.Apply(Told("old", mqtt::v1::CHECKBOX_STATE_ON));

  board.Clear();
  board.Apply(Told("new", mqtt::v1::CHECKBOX_STATE_OFF));

  EXPECT_THAT(board.Lines(), ElementsAre("[ ] new"));
  EXPECT_EQ(board.at(), 0U);
}

}  // namespace
}  // namespace chatwire::cli
