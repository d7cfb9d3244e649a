#include "mqtt-service/store/sqlite_watch_list.h"

namespace chatwire::mqtt {

void SqliteWatchList::Add(const ChatWatch& watch) {
  queries_(
      "INSERT OR REPLACE INTO chat_watch(account, jid, checkbox, language, place) "
      "VALUES(?, ?, ?, ?, ?)")
      .Text(watch.account)
      .Text(watch.jid)
      .Text(watch.checkbox)
      .Int(static_cast<int64_t>(watch.language))
      .Int(static_cast<int64_t>(watch.place))
      .Run();
}

void SqliteWatchList::Remove(const std::string& account, const std::string& jid,
                             const std::string& checkbox) {
  queries_("DELETE FROM chat_watch WHERE account = ? AND jid = ? AND checkbox = ?")
      .Text(account)
      .Text(jid)
      .Text(checkbox)
      .Run();
}

void SqliteWatchList::RemoveAll(const std::string& account, const std::string& jid) {
  queries_("DELETE FROM chat_watch WHERE account = ? AND jid = ?").Text(account).Text(jid).Run();
}

void SqliteWatchList::RemoveCheckbox(const std::string& checkbox) {
  queries_("DELETE FROM chat_watch WHERE checkbox = ?").Text(checkbox).Run();
}

int64_t SqliteWatchList::CountOf(const std::string& account, const std::string& jid) {
  auto query = queries_("SELECT COUNT(*) FROM chat_watch WHERE account = ? AND jid = ?");
  query.Text(account).Text(jid);
  return query.Next() ? query.GetInt(0) : 0;
}

std::vector<ChatWatch> SqliteWatchList::Of(const std::string& checkbox) {
  auto query = queries_(
      "SELECT account, jid, checkbox, language, place FROM chat_watch WHERE checkbox = ? "
      "ORDER BY account, jid");
  query.Text(checkbox);
  std::vector<ChatWatch> watches;
  while (query.Next()) {
    watches.push_back({query.GetText(0), query.GetText(1), query.GetText(2),
                       static_cast<Language>(query.GetInt(3)),
                       static_cast<ChatPlace>(query.GetInt(4))});
  }
  return watches;
}

}  // namespace chatwire::mqtt
