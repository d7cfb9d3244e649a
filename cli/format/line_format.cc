#include "cli/format/line_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/errors.h"
#include "cli/format/json_text.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr absl::string_view kTabs = "tsv:";
constexpr absl::string_view kCommas = "csv:";

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

/// RFC 4180. Line breaks do not occur: they are shown as `\n`.
std::string CsvText(const std::string& text) {
  if (text.find_first_of(",\"") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

/// Whether each `{` has its `}`.
absl::Status CheckBraces(const std::string& pattern) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    const std::string pair = pattern.substr(i, 2);
    if (pair == "{{" || pair == "}}" || pair == "\\\\") {
      ++i;
    } else if (pattern[i] == '}') {
      return Wrong(Tr("--format has a } without a {; write }} for the brace itself"));
    } else if (pattern[i] == '{') {
      i = pattern.find('}', i);
      if (i == std::string::npos) {
        return Wrong(Tr("--format has a { without a }; write {{ for the brace itself"));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LineFormat> LineFormat::Parse(const std::string& format, const std::string& fields) {
  LineFormat made;
  if (format.empty() && fields.empty()) return made;
  const bool commas = absl::StartsWith(format, kCommas);
  if (!fields.empty() || commas || absl::StartsWith(format, kTabs)) {
    made.style_ = commas ? Style::kCommas : Style::kTabs;
    const std::string list = fields.empty() ? format.substr(kTabs.size()) : fields;
    made.fields_ = absl::StrSplit(list, ',');
  } else {
    absl::Status braces = CheckBraces(format);
    if (!braces.ok()) return braces;
    made.style_ = Style::kTemplate;
    made.pattern_ = format;
    made.fields_ = PathsIn(format);
  }
  for (const std::string& field : made.fields_) {
    if (field.empty()) return Wrong("a field in --format or --fields has no name");
  }
  return made;
}

absl::Status LineFormat::Check(const JsonShape& shape) const {
  for (const std::string& field : fields_) {
    absl::Status checked = CheckPath(shape, field);
    if (!checked.ok()) return checked;
  }
  return absl::OkStatus();
}

std::string LineFormat::LineOf(const nlohmann::ordered_json& object) const {
  if (style_ == Style::kTemplate) return ExpandTemplate(pattern_, object);
  std::vector<std::string> cells;
  for (const std::string& field : fields_) {
    const std::string text = FieldText(object, field);
    cells.push_back(style_ == Style::kCommas ? CsvText(text) : text);
  }
  return absl::StrJoin(cells, style_ == Style::kCommas ? "," : "\t");
}

}  // namespace chatwire::cli
