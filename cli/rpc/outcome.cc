#include "cli/rpc/outcome.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/errors.h"
#include "cli/rpc/message_json.h"

namespace chatwire::cli {

absl::Status OutcomeOf(const google::protobuf::Message& response) {
  const nlohmann::ordered_json json = MessageJson(response);
  if (json.value("stage", nlohmann::ordered_json()) == "failed") {
    return MakeError(absl::StatusCode::kAborted, kMessageFailedReason,
                     "the XMPP server gave the message back; `chatwire listen` shows why");
  }
  std::vector<std::string> left_out;
  const auto results = json.find("results");
  if (results == json.end()) return absl::OkStatus();
  for (const auto& result : *results) {
    if (result.value("done", true) && result.value("error_reason", "").empty()) continue;
    left_out.push_back(absl::StrCat(result.value("jid", result.value("name", "")), " (",
                                    result.value("error_reason", ""), ": ",
                                    result.value("error_message", ""), ")"));
  }
  if (left_out.empty()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kAborted, kNotAllDoneReason,
                   absl::StrCat("not done for ", absl::StrJoin(left_out, ", ")));
}

}  // namespace chatwire::cli
