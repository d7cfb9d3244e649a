#include "cli/menu/picker.h"

#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

TEST(PickerTest, ArrowsGoRoundAndPagesStopAtTheEnds) {
  EXPECT_EQ(PlaceAfter(MenuKey::kUp, 0, 3), 2U);
  EXPECT_EQ(PlaceAfter(MenuKey::kDown, 2, 3), 0U);
  EXPECT_EQ(PlaceAfter(MenuKey::kPageDown, 1, 3), 2U);
  EXPECT_EQ(PlaceAfter(MenuKey::kPageUp, 25, 30), 15U);
  EXPECT_EQ(PlaceAfter(MenuKey::kPageUp, 2, 30), 0U);
  EXPECT_EQ(PlaceAfter(MenuKey::kLast, 0, 3), 2U);
  EXPECT_EQ(PlaceAfter(MenuKey::kFirst, 2, 3), 0U);
  EXPECT_EQ(PlaceAfter(MenuKey::kNone, 1, 3), 1U);
}

TEST(PickerTest, AnEmptyListHasNothingToTake) {
  Picker picker(0);

  picker.Press(MenuKey::kDown);
  picker.Press(MenuKey::kTake);

  EXPECT_FALSE(picker.over());
  EXPECT_EQ(PlaceAfter(MenuKey::kLast, 0, 0), 0U);
}

TEST(PickerTest, TakesTheMarkedOneOrTheOneWithTheNumber) {
  Picker marked(3);
  marked.Press(MenuKey::kDown);
  marked.Press(MenuKey::kTake);
  EXPECT_TRUE(marked.over());
  EXPECT_EQ(marked.taken(), 1U);

  Picker numbered(3);
  numbered.PressNumber(4);
  EXPECT_FALSE(numbered.over());
  numbered.PressNumber(3);
  EXPECT_EQ(numbered.taken(), 2U);
}

TEST(PickerTest, BackTakesNothing) {
  Picker picker(3);

  picker.Press(MenuKey::kBack);

  EXPECT_TRUE(picker.over());
  EXPECT_FALSE(picker.taken().has_value());
}

}  // namespace
}  // namespace chatwire::cli
