#include "cli/private_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "absl/strings/substitute.h"
#include "cli/translate.h"

namespace chatwire::cli {

bool IsShared(const std::string& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
  const bool with_all = (info.st_mode & S_IRWXO) != 0;
  const bool with_group = (info.st_mode & S_IRWXG) != 0 && info.st_uid == geteuid();
  return with_all || with_group;
}

void WarnIfShared(Output& output, const std::string& path) {
  if (path.empty() || path == "-" || !IsShared(path)) return;
  output.Notice(absl::Substitute(
      Tr("others can read or change $0, which holds a secret; run `chmod 600 $0`"), path));
}

}  // namespace chatwire::cli
