#include "cli/rpc/argument_set.h"

#include <google/protobuf/descriptor.h>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/errors.h"
#include "cli/input.h"
#include "cli/private_file.h"
#include "cli/rpc/request_field.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// The parts of Argument::name.
struct Spelling {
  std::string name;
  std::string value;
  bool repeated;
  bool optional;
};

Spelling Spelled(const Argument& argument) {
  std::string name = argument.name;
  const bool bracketed = absl::StartsWith(name, "[");
  if (bracketed) name = name.substr(1, name.size() - 2);
  const bool repeated = absl::EndsWith(name, "...");
  name = std::string(absl::StripSuffix(name, "..."));
  const size_t blank = name.find(' ');
  const bool optional = bracketed || absl::StartsWith(name, "--");
  if (blank == std::string::npos) return {name, "", repeated, optional};
  return {name.substr(0, blank), name.substr(blank + 1), repeated, optional};
}

/// The element of the repeated message that has this name and takes several values, or a new one.
Message* ElementNamed(Message& owner, const FieldDescriptor* field, const std::string& name) {
  const auto& reflection = *owner.GetReflection();
  const FieldDescriptor* const name_field = field->message_type()->FindFieldByName("name");
  const bool many_values = field->message_type()->FindFieldByName("values") != nullptr;
  for (int i = 0; many_values && i < reflection.FieldSize(owner, field); ++i) {
    Message* const element = reflection.MutableRepeatedMessage(&owner, field, i);
    if (element->GetReflection()->GetString(*element, name_field) == name) return element;
  }
  Message* const element = reflection.AddMessage(&owner, field);
  element->GetReflection()->SetString(element, name_field, name);
  return element;
}

absl::StatusOr<std::vector<std::string>> ValuesOf(Session& session, const Argument& argument,
                                                  const std::vector<std::string>& given) {
  std::vector<std::string> values;
  for (const std::string& value : given) {
    absl::StatusOr<std::string> read = value;
    if (argument.kind == ValueKind::kText && value == "-") {
      read = ReadText(session.streams.in);
    } else if (argument.kind == ValueKind::kFile ||
               (argument.kind == ValueKind::kBytes && value == "-")) {
      read = ReadWhole(value, session.streams.in);
    } else if (argument.kind == ValueKind::kSecretFile) {
      read = ReadSecret(value, session.streams.in);
      WarnIfShared(session.output, value);
    }
    if (!read.ok()) return read.status();
    values.push_back(*std::move(read));
  }
  return values;
}

}  // namespace

void ArgumentSet::AddTo(CLI::App& app, const std::vector<Argument>& arguments) {
  for (const Argument& argument : arguments) {
    const Spelling spelling = Spelled(argument);
    Given& given = given_.emplace_back(Given{&argument, nullptr, {}, false});
    const bool option = absl::StartsWith(spelling.name, "--");
    CLI::Option* added = nullptr;
    if (option && spelling.value.empty()) {
      added = app.add_flag(spelling.name, given.on, argument.about)->required(argument.required);
    } else {
      added = app.add_option(spelling.name, given.values, argument.about);
      added->type_name(spelling.value);
      added->required(!spelling.optional || argument.required);
      // Else the first positional would take all words.
      added->allow_extra_args(!option && spelling.repeated);
      if (!spelling.repeated) {
        added->expected(1);
        added->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
      }
    }
    given.option = added;
  }
}

absl::Status ArgumentSet::Fill(Session& session, Message& request) const {
  for (const Given& given : given_) {
    const Argument& argument = *given.argument;
    if (given.option->count() == 0 || argument.field.empty()) continue;
    const std::string what = Spelled(argument).name;
    const bool is_switch = given.values.empty();
    const auto values = is_switch ? absl::StatusOr<std::vector<std::string>>({argument.value})
                                  : ValuesOf(session, argument, given.values);
    if (!values.ok()) return values.status();
    const absl::Status filled = argument.kind == ValueKind::kPair
                                    ? AddPairs(request, argument.field, *values, what)
                                    : SetField(request, argument.field, *values, what);
    if (!filled.ok()) return filled;
  }
  return absl::OkStatus();
}

absl::Status AddPairs(Message& message, const std::string& path,
                      const std::vector<std::string>& pairs, const std::string& what) {
  const size_t dot = path.find('.');
  const FieldDescriptor* const field =
      message.GetDescriptor()->FindFieldByName(path.substr(0, dot));
  CHECK(field != nullptr) << path << " of " << message.GetTypeName();
  if (dot != std::string::npos) {
    return AddPairs(*message.GetReflection()->MutableMessage(&message, field), path.substr(dot + 1),
                    pairs, what);
  }
  for (const std::string& pair : pairs) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                       absl::StrCat(what, " takes NAME=VALUE, not \"", pair, "\""));
    }
    Message* const element = ElementNamed(message, field, pair.substr(0, equals));
    const bool many = element->GetDescriptor()->FindFieldByName("values") != nullptr;
    absl::Status set =
        SetField(*element, many ? "values" : "value", {pair.substr(equals + 1)}, what);
    if (!set.ok()) return set;
  }
  return absl::OkStatus();
}

}  // namespace chatwire::cli
