#include "cli/format/json_shape.h"

#include <google/protobuf/descriptor.h>

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/suggestion.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

const Descriptor* TypeNamed(const std::string& name) {
  if (name.empty()) return nullptr;
  return DescriptorPool::generated_pool()->FindMessageTypeByName(absl::StrCat("chatwire.", name));
}

absl::Status Unknown(const std::string& name, const std::set<std::string>& known) {
  const std::vector<std::string> names(known.begin(), known.end());
  const std::string nearest = DidYouMean(name, names);
  return MakeError(
      absl::StatusCode::kInvalidArgument, kUsageReason,
      absl::StrCat(absl::Substitute(Tr("what this command prints has no field \"$0\""), name),
                   nearest.empty()
                       ? absl::Substitute(Tr("; fields are $0"), absl::StrJoin(names, ", "))
                       : nearest));
}

/// Whether the value of @p field goes on with names: times and durations are text, maps have any.
const Descriptor* Within(const FieldDescriptor* field) {
  const Descriptor* const type = field->message_type();
  if (type == nullptr || field->is_map()) return nullptr;
  return absl::StartsWith(type->full_name(), "google.protobuf.") ? nullptr : type;
}

bool IsElement(const std::string& name) {
  size_t number = 0;
  return name == "*" || absl::SimpleAtoi(name, &number);
}

/// The rest of the path, from @p at on, in @p type.
absl::Status CheckWithin(const Descriptor* type, const std::vector<std::string>& path, size_t at) {
  while (type != nullptr && at < path.size()) {
    const FieldDescriptor* const field = type->FindFieldByName(path[at]);
    if (field == nullptr) {
      std::set<std::string> known;
      for (int i = 0; i < type->field_count(); ++i) known.insert(type->field(i)->name());
      return Unknown(path[at], known);
    }
    ++at;
    if (field->is_repeated() && at < path.size() && IsElement(path[at])) ++at;
    type = Within(field);
  }
  return absl::OkStatus();
}

/// Fields by the names under which they may be begun with.
class FirstNames {
 public:
  explicit FirstNames(const JsonShape& shape) {
    if (const Descriptor* const type = TypeNamed(shape.message)) Add(type, shape.by_kind);
    for (const auto& [name, message] : shape.fields) names_.insert(name);
  }

  const std::set<std::string>& names() const { return names_; }

  /// The messages that have the field.
  std::vector<const Descriptor*> OwnersOf(const std::string& name) const {
    std::vector<const Descriptor*> owners;
    for (const Descriptor* const type : types_) {
      if (type->FindFieldByName(name) != nullptr) owners.push_back(type);
    }
    return owners;
  }

 private:
  void Add(const Descriptor* type, bool with_choices) {
    types_.push_back(type);
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* const field = type->field(i);
      names_.insert(field->name());
      if (with_choices && field->real_containing_oneof() != nullptr && Within(field) != nullptr) {
        Add(Within(field), false);
      }
    }
  }

  std::vector<const Descriptor*> types_;
  std::set<std::string> names_;
};

}  // namespace

absl::Status CheckPath(const JsonShape& shape, const std::string& path) {
  if (shape.message.empty() && shape.fields.empty()) return absl::OkStatus();
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (const auto& [name, message] : shape.fields) {
    if (name == parts.front()) return CheckWithin(TypeNamed(message), parts, 1);
  }
  const FirstNames first(shape);
  absl::Status status = Unknown(parts.front(), first.names());
  for (const Descriptor* const owner : first.OwnersOf(parts.front())) {
    status = CheckWithin(owner, parts, 0);
    if (status.ok()) break;
  }
  return status;
}

}  // namespace chatwire::cli
