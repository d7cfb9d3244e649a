#ifndef CHATWIRE_CLI_OUTPUT_H_
#define CHATWIRE_CLI_OUTPUT_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "cli/format/line_format.h"
#include "cli/streams.h"
#include "cli/table.h"
#include "nlohmann/json_fwd.hpp"

namespace chatwire::cli {

/// Where a command's answer goes: standard output, and nothing but the answer. Everything else
/// (errors, notices) goes to standard error.
///
/// Every line is written at once, so that a reader behind a pipe sees it. A reader that has gone
/// away is no error: closed() turns true and later lines are dropped. SIGPIPE must be ignored. Not
/// thread-safe.
class Output {
 public:
  /// @p json: the errors and notices are JSON too.
  Output(Streams streams, bool json);

  /// Objects are printed as @p format wants them from now on.
  void UseFormat(LineFormat format) { format_ = std::move(format); }

  /// Whether the caller asked for objects, as JSON or in a format of its own. A command gives
  /// either Object or text, never both.
  bool json() const { return json_ || format_.given(); }

  /// One line for a person. Control characters are shown, not sent: what others wrote cannot move
  /// the cursor.
  void Line(const std::string& text);

  /// The same for each of them.
  void Lines(const std::vector<std::string>& lines);

  /// One object on one line: JSON, or what the format makes of it.
  void Object(const nlohmann::ordered_json& object);

  /// On a terminal with a heading and aligned columns; else without heading and with TABs, for cut
  /// and awk.
  void PrintTable(const Table& table);

  /// Text as it is, for help pages.
  void Raw(const std::string& text);

  /// One line on standard error that is no error, such as "trying again".
  void Notice(const std::string& text);

  /// Gives the texts of Notice and Trace to @p take, on the thread that has them, instead of
  /// writing them: something else has the terminal. nullptr: no more. Not while another thread has
  /// any.
  void DivertNotices(std::function<void(const std::string&)> take) { divert_ = std::move(take); }

  /// What --verbose shows, on standard error: @p text for a person, @p object with JSON.
  /// Thread-safe.
  void Trace(const std::string& text, const nlohmann::ordered_json& object) const;

  /// `chatwire: MESSAGE`, or with JSON {"error":{"code","reason","message","metadata"}}, on
  /// standard error.
  void Error(const absl::Status& status);

  /// Whether the reader of standard output is gone.
  bool closed() const { return closed_; }

  /// What went wrong with standard output, such as a full disk. A closed pipe does not count.
  const absl::Status& status() const { return status_; }

  /// The descriptor of standard output.
  int out() const { return streams_.out; }

 private:
  void WriteAnswer(const std::string& text);

  Streams streams_;
  bool json_;
  LineFormat format_;
  std::function<void(const std::string&)> divert_;
  bool terminal_;
  bool closed_ = false;
  absl::Status status_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_OUTPUT_H_
