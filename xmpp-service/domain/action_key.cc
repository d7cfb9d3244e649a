#include "xmpp-service/domain/action_key.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace chatwire::xmpp {
namespace {

struct KeyOf {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const Correction& action) const { return "c" + action.message_id; }
  std::string operator()(const Retraction& action) const { return "r" + action.message_id; }
  std::string operator()(const Reaction& action) const {
    return absl::StrCat("e", action.message_id, "\n", absl::StrJoin(action.reactions, "\n"));
  }
  std::string operator()(const Marking& action) const {
    return absl::StrCat("m", static_cast<int>(action.marker), action.message_id);
  }
  std::string operator()(const Receipt& action) const { return "d" + action.message_id; }
};

}  // namespace

std::string ActionKey(const MessageAction& action) { return std::visit(KeyOf{}, action); }

}  // namespace chatwire::xmpp
