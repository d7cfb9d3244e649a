#include "common/auth/token_store.h"

#include <sodium.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

#include "absl/log/log.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/secret_file.h"
#include "common/sqlite/migrations.h"

namespace chatwire {
namespace {

constexpr char kAdminLabel[] = "admin";

const std::vector<std::string>& Schema() {
  static const auto* const kSteps = new std::vector<std::string>{
      "CREATE TABLE token ("
      "  hash BLOB PRIMARY KEY,"
      "  label TEXT NOT NULL,"
      "  scopes TEXT NOT NULL,"
      "  accounts TEXT NOT NULL,"
      "  create_time INTEGER NOT NULL"
      ") WITHOUT ROWID"};
  return *kSteps;
}

std::string HashOf(const std::string& token) {
  std::array<unsigned char, 32> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), nullptr, 0);
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// JIDs and scopes contain no line break.
std::string Join(const std::set<std::string>& set) { return absl::StrJoin(set, "\n"); }

std::set<std::string> Split(const std::string& joined) {
  return absl::StrSplit(joined, '\n', absl::SkipEmpty());
}

absl::Status InvalidToken() {
  return MakeError(
      absl::StatusCode::kUnauthenticated, {"chatwire", "TOKEN_INVALID"},
      "the API token is not known here; log in again, or use the token in the service's "
      "admin.token file");
}

}  // namespace

absl::StatusOr<std::unique_ptr<TokenStore>> TokenStore::Open(const std::string& path) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialised");
  auto database = sqlite::Database::Open(path);
  if (!database.ok()) return database.status();
  const absl::Status migrated = sqlite::Migrate(*database, Schema());
  if (!migrated.ok()) return migrated;
  return std::unique_ptr<TokenStore>(new TokenStore(*std::move(database)));
}

TokenStore::TokenStore(sqlite::Database database) : database_(std::move(database)) {}

absl::StatusOr<std::string> TokenStore::Mint(const Caller& caller) {
  std::array<unsigned char, 32> random;
  randombytes_buf(random.data(), random.size());
  const std::string token =
      absl::StrCat("cw_", absl::WebSafeBase64Escape(absl::string_view(
                              reinterpret_cast<const char*>(random.data()), random.size())));
  MutexLock lock(mutex_);
  auto insert = database_.Prepare(
      "INSERT INTO token(hash, label, scopes, accounts, create_time) VALUES(?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  insert->BindBlob(1, HashOf(token))
      .BindText(2, caller.label)
      .BindText(3, Join(caller.scopes))
      .BindText(4, Join(caller.accounts))
      .BindTime(5, absl::Now());
  const absl::Status status = insert->Run();
  if (!status.ok()) return status;
  return token;
}

absl::StatusOr<Caller> TokenStore::Authenticate(const std::string& token) {
  MutexLock lock(mutex_);
  auto select = database_.Prepare("SELECT label, scopes, accounts FROM token WHERE hash = ?");
  if (!select.ok()) return select.status();
  select->BindBlob(1, HashOf(token));
  const auto row = select->Step();
  if (!row.ok()) return row.status();
  if (!*row) return InvalidToken();
  return Caller{select->Text(0), Split(select->Text(1)), Split(select->Text(2))};
}

absl::Status TokenStore::RevokeForAccount(const std::string& account) {
  MutexLock lock(mutex_);
  auto remove = database_.Prepare("DELETE FROM token WHERE accounts = ?");
  if (!remove.ok()) return remove.status();
  return remove->BindText(1, account).Run();
}

absl::StatusOr<bool> TokenStore::EnsureAdminToken(const std::string& path) {
  const auto existing = ReadSecretFile(path);
  if (existing.ok() && Authenticate(*existing).ok()) return false;
  {
    MutexLock lock(mutex_);
    auto remove = database_.Prepare("DELETE FROM token WHERE label = ?");
    if (!remove.ok()) return remove.status();
    const absl::Status removed = remove->BindText(1, kAdminLabel).Run();
    if (!removed.ok()) return removed;
  }
  const auto token = Mint({kAdminLabel, {"*"}, {"*"}});
  if (!token.ok()) return token.status();
  const absl::Status written = WriteSecretFile(path, *token + "\n");
  if (!written.ok()) return written;
  LOG(INFO) << "wrote a new admin token to " << path;
  return true;
}

}  // namespace chatwire
