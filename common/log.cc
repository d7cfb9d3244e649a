#include "common/log.h"

#include <cstdio>

#include "absl/log/globals.h"
#include "absl/log/initialize.h"
#include "absl/log/log_entry.h"
#include "absl/log/log_sink.h"
#include "absl/log/log_sink_registry.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace chatwire {
namespace {

/// RFC 8259, section 7.
std::string JsonString(absl::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      absl::StrAppend(&out, "\\", absl::string_view(&c, 1));
    } else if (byte < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

class JsonSink final : public absl::LogSink {
 public:
  void Send(const absl::LogEntry& entry) override {
    const std::string line = absl::StrCat(
        "{\"time\":\"",
        absl::FormatTime(absl::RFC3339_full, entry.timestamp(), absl::UTCTimeZone()),
        "\",\"severity\":\"", absl::LogSeverityName(entry.log_severity()),
        "\",\"message\":", JsonString(entry.text_message()),
        ",\"source\":", JsonString(absl::StrCat(entry.source_basename(), ":", entry.source_line())),
        "}\n");
    std::fwrite(line.data(), 1, line.size(), stderr);
  }
};

}  // namespace

absl::Status StartLog(const std::string& format) {
  if (format != "text" && format != "json") {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown log format \"", format, "\"; use text or json"));
  }
  absl::InitializeLog();
  if (format == "text") {
    absl::SetStderrThreshold(absl::LogSeverityAtLeast::kInfo);
    return absl::OkStatus();
  }
  absl::SetStderrThreshold(absl::LogSeverityAtLeast::kInfinity);
  // Never deleted: other threads may log until the very end of the process.
  absl::AddLogSink(new JsonSink());
  return absl::OkStatus();
}

}  // namespace chatwire
