#include "cli/token_place.h"

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/file_sink.h"

namespace chatwire::cli {

absl::Status CheckTokenFile(const std::string& path) { return CheckReplaceable(path, "token"); }

absl::Status CheckTokenPlace(const Credentials& credentials, const std::string& address,
                             const std::string& account) {
  // Of such a name no account is listed, should this process be killed between the two.
  const std::string trial = account + ".tmp";
  absl::Status saved = credentials.Save(address, trial, "").status();
  if (saved.ok()) credentials.Remove(address, trial);
  return saved;
}

absl::Status TokenLost(const std::string& account, const absl::Status& why) {
  return MakeError(absl::StatusCode::kUnknown, kFileReason,
                   absl::StrCat(why.message(), "; a token of ", account,
                                " was made all the same: an administrator finds it with `chatwire "
                                "token list xmpp` and ends it with `chatwire token revoke xmpp`"));
}

}  // namespace chatwire::cli
