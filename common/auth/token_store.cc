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
      ") WITHOUT ROWID",
      // An id to speak of a token without saying it, and the request that made it.
      "ALTER TABLE token ADD COLUMN id TEXT;"
      "UPDATE token SET id = lower(hex(substr(hash, 1, 8)));"
      "ALTER TABLE token ADD COLUMN request_id TEXT;"
      "CREATE UNIQUE INDEX token_id ON token(id);"
      "CREATE UNIQUE INDEX token_request_id ON token(request_id)"};
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

std::string RandomBytes(size_t size) {
  std::string random(size, '\0');
  randombytes_buf(random.data(), random.size());
  return random;
}

std::string NewToken() {
  constexpr size_t kSecretBytes = 32;
  return absl::StrCat("cw_", absl::WebSafeBase64Escape(RandomBytes(kSecretBytes)));
}

std::string NewId() {
  constexpr size_t kIdBytes = 8;
  return absl::BytesToHexString(RandomBytes(kIdBytes));
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

absl::Status TokenStore::Insert(const std::string& token, const StoredToken& info,
                                const std::string& request_id) {
  auto insert = database_.Prepare(
      "INSERT INTO token(hash, label, scopes, accounts, create_time, id, request_id) "
      "VALUES(?, ?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  insert->BindBlob(1, HashOf(token))
      .BindText(2, info.caller.label)
      .BindText(3, Join(info.caller.scopes))
      .BindText(4, Join(info.caller.accounts))
      .BindTime(5, info.create_time)
      .BindText(6, info.id);
  if (request_id.empty()) {
    insert->BindNull(7);
  } else {
    insert->BindText(7, request_id);
  }
  return insert->Run();
}

absl::StatusOr<std::string> TokenStore::Mint(const Caller& caller) {
  const std::string token = NewToken();
  MutexLock lock(mutex_);
  const absl::Status status = Insert(token, {NewId(), caller, absl::Now()}, "");
  if (!status.ok()) return status;
  return token;
}

absl::StatusOr<std::string> TokenStore::IdOfRequest(const Caller& caller,
                                                    const std::string& request_id) {
  auto select =
      database_.Prepare("SELECT id, label, scopes, accounts FROM token WHERE request_id = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, request_id);
  const auto row = select->Step();
  if (!row.ok()) return row.status();
  if (!*row) return std::string();
  if (select->Text(1) != caller.label || select->Text(2) != Join(caller.scopes) ||
      select->Text(3) != Join(caller.accounts)) {
    return MakeError(absl::StatusCode::kAlreadyExists, {"chatwire", "REQUEST_ID_REUSED"},
                     "`request_id` was used for another token; choose a new one");
  }
  return select->Text(0);
}

absl::StatusOr<MintedToken> TokenStore::MintOnce(const Caller& caller,
                                                 const std::string& request_id) {
  MintedToken minted{NewToken(), {NewId(), caller, absl::Now()}, false};
  MutexLock lock(mutex_);
  const auto before = IdOfRequest(caller, request_id);
  if (!before.ok()) return before.status();
  minted.replayed = !before->empty();
  absl::Status status;
  if (minted.replayed) {
    minted.info.id = *before;
    auto update = database_.Prepare("UPDATE token SET hash = ?, create_time = ? WHERE id = ?");
    if (!update.ok()) return update.status();
    update->BindBlob(1, HashOf(minted.token))
        .BindTime(2, minted.info.create_time)
        .BindText(3, minted.info.id);
    status = update->Run();
  } else {
    status = Insert(minted.token, minted.info, request_id);
  }
  if (!status.ok()) return status;
  return minted;
}

absl::StatusOr<std::vector<StoredToken>> TokenStore::List(const std::string& after, int64_t limit) {
  MutexLock lock(mutex_);
  auto select = database_.Prepare(
      "SELECT id, label, scopes, accounts, create_time FROM token WHERE id > ? ORDER BY id LIMIT "
      "?");
  if (!select.ok()) return select.status();
  select->BindText(1, after).BindInt(2, limit);
  std::vector<StoredToken> tokens;
  while (true) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return tokens;
    tokens.push_back({select->Text(0),
                      {select->Text(1), Split(select->Text(2)), Split(select->Text(3))},
                      select->Time(4)});
  }
}

absl::Status TokenStore::Revoke(const std::string& id) {
  MutexLock lock(mutex_);
  auto remove = database_.Prepare("DELETE FROM token WHERE id = ?");
  if (!remove.ok()) return remove.status();
  absl::Status status = remove->BindText(1, id).Run();
  if (!status.ok() || database_.ChangedRows() > 0) return status;
  return MakeError(absl::StatusCode::kNotFound, {"chatwire", "TOKEN_NOT_FOUND"},
                   absl::StrCat("there is no token ", id, "; ListTokens has them"));
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
