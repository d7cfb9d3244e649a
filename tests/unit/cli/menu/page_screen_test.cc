// A page of the menu, drawn without a terminal.
#include "cli/menu/page_screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cli/printable.h"
#include "tests/unit/cli/drawn_rows.h"

namespace chatwire::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> Rows(const ListView& view, int width = 80, int height = 24) {
  return DrawnRows(Shown(view, {width, height, false}), width, height);
}

TEST(PageScreenTest, EverythingHasItsPlaceAt80By24) {
  const ListView view{"Contacts", {"a note"}, {"first", "second"}, 1, "the keys"};

  const std::vector<std::string> rows = Rows(view);

  EXPECT_THAT(rows[0], HasSubstr(" Contacts"));
  EXPECT_THAT(rows[2], HasSubstr(" a note"));
  EXPECT_THAT(rows[4], HasSubstr(" first"));
  EXPECT_THAT(rows[5], HasSubstr(" second"));
  EXPECT_THAT(rows[23], HasSubstr(" the keys"));
}

TEST(PageScreenTest, TheMarkedLineIsAlwaysToBeSeen) {
  ListView view{"Many", {}, {}, 0, "keys"};
  for (int i = 0; i < 200; ++i) view.lines.push_back(absl::StrCat("line ", i, "."));
  for (const size_t at : {0U, 21U, 100U, 199U}) {
    view.at = at;
    EXPECT_THAT(Rows(view), Contains(HasSubstr(absl::StrCat("line ", at, "."))));
  }
}

TEST(PageScreenTest, WideAndHarmfulCharactersStayInTheirPlace) {
  const std::string wide =
      "漢字漢字漢字漢字漢字 👍 e\u0301 \x1b[2J and more of it, and more of it, and more";
  const ListView view{wide, {wide}, {wide, wide}, 0, wide};
  for (const int width : {20, 41, 80}) {
    for (const std::string& row : Rows(view, width)) {
      EXPECT_LE(DisplayWidth(row), width);
      EXPECT_THAT(row, Not(HasSubstr("\x1b")));
    }
  }
}

}  // namespace
}  // namespace chatwire::cli
