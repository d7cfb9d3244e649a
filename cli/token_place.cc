#include "cli/token_place.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/file_sink.h"

namespace chatwire::cli {

absl::Status CheckTokenFile(const std::string& path) {
  std::error_code ignored;
  const auto there = std::filesystem::status(path, ignored);
  // The file is replaced as a whole, which a device or a directory does not survive or not allow.
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
    return MakeError(
        absl::StatusCode::kUnknown, kFileReason,
        absl::StrCat("no token can be kept in ", path, ", which is no ordinary file; name one"));
  }
  return FileSink::Open(path, -1).status();
}

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
