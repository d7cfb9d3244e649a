#include "xmpp-service/journal/sqlite_history.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace chatwire::xmpp {
namespace {

// So that an answer stays well below what gRPC lets through, whatever the size of a page.
constexpr size_t kMaximumPageBytes = 1 << 20;

/// Each variant is served by an index from end to end.
std::string SqlOf(const HistoryQuery& query) {
  return absl::StrCat(
      "SELECT h.sequence, e.body, h.state, COALESCE(d.sequence, 0) >= h.sequence"
      " FROM history h JOIN event e ON e.sequence = h.sequence"
      " LEFT JOIN history_displayed d"
      "  ON d.account = h.account AND d.peer = h.peer AND d.own = h.own"
      " WHERE h.account = ?",
      query.peer.empty() ? "" : " AND h.peer = ?", " AND h.sequence ",
      query.newest_first ? "<" : ">", " ? AND h.time >= ? AND h.time < ? ORDER BY h.sequence ",
      query.newest_first ? "DESC" : "ASC", " LIMIT ?");
}

absl::StatusOr<HistoryPage> ReadPage(sqlite::Database& database, const HistoryQuery& query) {
  auto select = database.Prepare(SqlOf(query));
  if (!select.ok()) return select.status();
  int next = 1;
  select->BindText(next++, query.account);
  if (!query.peer.empty()) select->BindText(next++, query.peer);
  const int64_t end = query.newest_first ? std::numeric_limits<int64_t>::max() : 0;
  select->BindInt(next++, query.behind.value_or(end));
  select->BindTime(next++, query.start.value_or(absl::InfinitePast()));
  select->BindTime(next++, query.end.value_or(absl::InfiniteFuture()));
  select->BindInt(next, static_cast<int64_t>(query.limit) + 1);
  HistoryPage page;
  size_t bytes = 0;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return page;
    page.more = page.messages.size() == query.limit || bytes >= kMaximumPageBytes;
    if (page.more) return page;
    page.messages.push_back(
        {{select->Int(0), select->Blob(1)}, select->Blob(2), select->Int(3) != 0});
    bytes += page.messages.back().event.encoded.size() + page.messages.back().state.size();
  }
}

}  // namespace

void SqliteHistory::List(HistoryQuery query, Completion<HistoryPage> done) {
  reader_.Submit<HistoryPage>(
      [query = std::move(query)](sqlite::Database& database) { return ReadPage(database, query); },
      std::move(done));
}

}  // namespace chatwire::xmpp
