#include "cli/credentials.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/private_file.h"
#include "cli/translate.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

/// A file name that stands for @p name and for no other. Never empty, never `.` or `..`.
std::string Escaped(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        absl::ascii_isalnum(byte) || c == '@' || c == '_' || c == '-' || (c == '.' && !out.empty());
    if (plain) {
      out += c;
    } else {
      absl::StrAppendFormat(&out, "%%%02X", byte);
    }
  }
  return out.empty() ? "%" : out;
}

std::string Unescaped(const std::string& name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    const std::string digits = name.substr(i + 1, 2);
    std::string byte;
    if (name[i] == '%' && digits.size() == 2 && absl::HexStringToBytes(digits, &byte)) {
      out += byte;
      i += 2;
    } else {
      out += name[i];
    }
  }
  return out;
}

absl::Status MakeDirectory(const std::string& path) {
  if (mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST) return absl::OkStatus();
  return MakeError(absl::StatusCode::kUnknown, kFileReason,
                   absl::StrCat("cannot make the directory ", path, ": ", std::strerror(errno),
                                "; set XDG_CONFIG_HOME to a directory that you may write to"));
}

absl::Status NoToken(const std::string& address, const std::string& account) {
  const std::string message =
      account.empty()
          ? absl::Substitute(Tr("no token is saved for $0; run `chatwire login JID`, or give the "
                                "file that holds one with --token-file"),
                             address)
          : absl::Substitute(Tr("no token of $0 is saved for $1; run `chatwire login $0`, or give "
                                "the file that holds one with --token-file"),
                             account, address);
  return MakeError(absl::StatusCode::kUnauthenticated, kNoTokenReason, message);
}

}  // namespace

Credentials::Credentials(std::string directory) : directory_(std::move(directory)) {}

absl::StatusOr<std::string> Credentials::Save(const std::string& address,
                                              const std::string& account,
                                              const std::string& token) const {
  if (directory_.empty()) {
    return MakeError(absl::StatusCode::kUnknown, kFileReason,
                     "neither HOME nor XDG_CONFIG_HOME is set, so there is no place for the token; "
                     "say where with --token-out");
  }
  std::error_code ignored;  // What matters is whether the directories below can be made.
  const std::filesystem::path root(directory_);
  std::filesystem::create_directories(root.parent_path(), ignored);
  std::string path = PathOf(address, account);
  for (const std::string& made : {directory_, (root / Escaped(address)).string()}) {
    absl::Status status = MakeDirectory(made);
    if (!status.ok()) return status;
  }
  const absl::Status written = WriteSecretFile(path, token + "\n");
  if (!written.ok()) {
    return MakeError(absl::StatusCode::kUnknown, kFileReason, written.message());
  }
  return path;
}

absl::StatusOr<SavedToken> Credentials::Find(const std::string& address,
                                             const std::string& account) const {
  std::string chosen = account;
  if (chosen.empty()) {
    const std::vector<std::string> saved = AccountsAt(address);
    if (saved.empty()) return NoToken(address, account);
    if (saved.size() > 1) {
      return MakeError(
          absl::StatusCode::kInvalidArgument, kAccountAmbiguousReason,
          absl::Substitute(Tr("several accounts are logged in at $0 ($1); choose one with "
                              "--account"),
                           address, absl::StrJoin(saved, ", ")));
    }
    chosen = saved.front();
  }
  const std::string path = PathOf(address, chosen);
  // We wrote it with mode 0600. Who changed that may have read it.
  if (IsShared(path)) {
    return MakeError(absl::StatusCode::kPermissionDenied, kFileReason,
                     absl::Substitute(Tr("others can read or change the token in $0; run `chmod "
                                         "600 $0`, or `chatwire login` for a new one if somebody "
                                         "did"),
                                      path));
  }
  const auto token = ReadTokenFile(path);
  if (absl::IsNotFound(token.status())) return NoToken(address, chosen);
  if (!token.ok()) {
    return MakeError(absl::StatusCode::kUnknown, kFileReason, token.status().message());
  }
  return SavedToken{chosen, *token};
}

void Credentials::Remove(const std::string& address, const std::string& account) const {
  unlink(PathOf(address, account).c_str());
}

std::vector<std::string> Credentials::AccountsAt(const std::string& address) const {
  std::vector<std::string> accounts;
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(directory_) / Escaped(address);
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    // A write that a crash cut short leaves such a file.
    if (!absl::EndsWith(name, ".tmp")) accounts.push_back(Unescaped(name));
  }
  std::sort(accounts.begin(), accounts.end());
  return accounts;
}

std::string Credentials::PathOf(const std::string& address, const std::string& account) const {
  const std::filesystem::path folder = std::filesystem::path(directory_) / Escaped(address);
  // Bare JIDs are the same in upper and lower case (RFC 7622, section 3).
  return (folder / Escaped(absl::AsciiStrToLower(account))).string();
}

}  // namespace chatwire::cli
