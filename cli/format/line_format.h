#ifndef CHATWIRE_CLI_FORMAT_LINE_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_LINE_FORMAT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/format/json_shape.h"

namespace chatwire::cli {

/// How --format or --fields want each object on a line of its own.
class LineFormat {
 public:
  /// Nothing was asked for.
  LineFormat() = default;

  /// @p format is a template (`{from}: {body}`, see ExpandTemplate), `tsv:FIELD,...` or
  /// `csv:FIELD,...`; @p fields is the list of tsv. At most one of them is given.
  /// Errors: INVALID_ARGUMENT/USAGE.
  static absl::StatusOr<LineFormat> Parse(const std::string& format, const std::string& fields);

  bool given() const { return style_ != Style::kNone; }

  /// Whether all its fields are in @p shape. Errors: INVALID_ARGUMENT/USAGE.
  absl::Status Check(const JsonShape& shape) const;

  /// @p object as a line, without its end.
  std::string LineOf(const nlohmann::ordered_json& object) const;

 private:
  enum class Style { kNone, kTemplate, kTabs, kCommas };

  Style style_ = Style::kNone;
  std::string pattern_;
  /// All that the template or the list names.
  std::vector<std::string> fields_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_LINE_FORMAT_H_
