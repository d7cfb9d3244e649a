#include "xmpp-service/rpc/resume_token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

constexpr char kVersion[] = "1";
constexpr size_t kMaximumTokenBytes = 128;
// Of a stream that was to start with the oldest event and has sent none yet.
constexpr int64_t kFromBeginning = -1;

absl::Status BadToken(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_RESUME_TOKEN",
               absl::StrCat("`resume_token` ", why, "; watch without a token"));
}

}  // namespace

std::string MakeResumeToken(const std::string& log_id, int64_t sequence) {
  return absl::WebSafeBase64Escape(absl::StrCat(kVersion, ":", log_id, ":", sequence));
}

absl::StatusOr<int64_t> ParseResumeToken(const std::string& token, const std::string& log_id,
                                         int64_t last_sequence) {
  std::string text;
  if (token.size() > kMaximumTokenBytes || !absl::WebSafeBase64Unescape(token, &text)) {
    return BadToken("is not one that this service has given");
  }
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  int64_t sequence = 0;
  if (parts.size() != 3 || parts[0] != kVersion || !absl::SimpleAtoi(parts[2], &sequence) ||
      sequence < kFromBeginning) {
    return BadToken("is not one that this service has given");
  }
  if (parts[1] != log_id) return BadToken("is of another journal");
  // A journal that was put back from a copy: the follower is ahead of it.
  if (sequence > last_sequence) return BadToken("is ahead of this journal");
  return sequence;
}

}  // namespace chatwire::xmpp
