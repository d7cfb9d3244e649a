#ifndef CHATWIRE_CLI_FORM_H_
#define CHATWIRE_CLI_FORM_H_

#include <CLI/CLI.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/data_form.pb.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Fills in the forms that others send (XEP-0004): from `--field NAME=VALUE`, and where standard
/// input is a terminal by asking for the rest.
class FormFiller {
 public:
  /// Adds --field and --no-questions to @p app.
  void AddTo(CLI::App& app);

  /// What is left to do before Fill: splits what was given.
  /// Errors: INVALID_ARGUMENT/USAGE for a --field without `=`.
  absl::Status Start(int stdin_fd);

  /// Answers to @p fields, hidden ones included, without those named in @p skip. What nobody fills
  /// in keeps the value that the form came with. Errors: INVALID_ARGUMENT/USAGE naming required
  /// fields without a value, and those of Ask.
  absl::StatusOr<std::vector<xmpp::v1::FormField>> Fill(
      const google::protobuf::RepeatedPtrField<xmpp::v1::FormField>& fields,
      const std::set<std::string>& skip);

  /// Names given by --field that no form had.
  std::vector<std::string> Unused() const;

 private:
  absl::Status FillOne(const xmpp::v1::FormField& field, xmpp::v1::FormField& answer);

  std::vector<std::string> pairs_;
  bool no_questions_ = false;
  bool ask_ = false;
  std::map<std::string, std::vector<std::string>> given_;
  std::set<std::string> used_;
};

/// A form, or the result that came in its place, in lines for a person.
std::vector<std::string> FormText(const xmpp::v1::DataForm& form);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORM_H_
