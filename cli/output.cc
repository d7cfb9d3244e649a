#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/printable.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// Returns 0 or the error number.
int WriteAll(int fd, const std::string& text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t written = write(fd, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    done += static_cast<size_t>(written);
  }
  return 0;
}

/// On a terminal that has them, unless the person wants none (https://no-color.org).
Colors ColorsOn(int fd) {
  const char* const wish = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool unwanted = wish != nullptr && *wish != '\0';
  const bool plain = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return isatty(fd) == 1 && !unwanted && !plain ? Colors::kOn : Colors::kOff;
}

std::string Dump(const nlohmann::ordered_json& object) {
  // A broken UTF-8 sequence becomes U+FFFD instead of an exception.
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

Output::Output(Streams streams, bool json)
    : streams_(streams), json_(json), terminal_(isatty(streams.out) == 1) {}

void Output::Line(const std::string& text) { WriteAnswer(Printable(text) + "\n"); }

void Output::Lines(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) Line(line);
}

void Output::Object(const nlohmann::ordered_json& object) {
  WriteAnswer(format_.given() ? format_.LineOf(object) + "\n" : Dump(object));
}

void Output::PrintTable(const Table& table) {
  if (!terminal_) return WriteAnswer(TabSeparatedText(table));
  Table shown = table;
  for (std::string& heading : shown.heading) heading = Tr(heading);
  WriteAnswer(AlignedText(shown, ColorsOn(streams_.out)));
}

void Output::Raw(const std::string& text) { WriteAnswer(text); }

void Output::Notice(const std::string& text) {
  if (divert_ != nullptr) return divert_(text);
  const std::string line = json_ ? Dump({{"notice", {{"message", text}}}})
                                 : absl::StrCat("chatwire: ", Printable(text), "\n");
  // Nothing is left to tell it to when standard error is gone.
  static_cast<void>(WriteAll(streams_.error, line));
}

void Output::Trace(const std::string& text, const nlohmann::ordered_json& object) const {
  if (divert_ != nullptr) return divert_(text);
  const std::string line = json_ ? Dump(object) : absl::StrCat("chatwire: ", Printable(text), "\n");
  static_cast<void>(WriteAll(streams_.error, line));
}

void Output::Error(const absl::Status& status) {
  const std::string message(status.message());
  const bool red = ColorsOn(streams_.error) == Colors::kOn;
  std::string line =
      absl::StrCat(red ? "\x1b[31mchatwire:\x1b[0m " : "chatwire: ", Printable(message), "\n");
  if (json_) {
    nlohmann::ordered_json error = {{"code", absl::StatusCodeToString(status.code())},
                                    {"reason", ReasonOf(status)},
                                    {"message", message}};
    const ErrorMetadata metadata = MetadataOf(status);
    if (!metadata.empty()) error["metadata"] = metadata;
    line = Dump({{"error", error}});
  }
  static_cast<void>(WriteAll(streams_.error, line));
}

void Output::WriteAnswer(const std::string& text) {
  if (closed_ || !status_.ok()) return;
  const int error = WriteAll(streams_.out, text);
  if (error == EPIPE) {
    closed_ = true;
  } else if (error != 0) {
    status_ = MakeError(absl::StatusCode::kUnknown, kFileReason,
                        absl::StrCat("cannot write to standard output: ", std::strerror(error),
                                     "; see where it leads to"));
  }
}

}  // namespace chatwire::cli
