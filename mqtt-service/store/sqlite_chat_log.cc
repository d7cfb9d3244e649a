#include "mqtt-service/store/sqlite_chat_log.h"

namespace chatwire::mqtt {

std::string SqliteChatLog::FeedToken() {
  auto query = queries_("SELECT value FROM meta WHERE key = 'feed_token'");
  return query.Next() ? query.GetText(0) : "";
}

void SqliteChatLog::SetFeedToken(const std::string& token) {
  queries_("INSERT OR REPLACE INTO meta(key, value) VALUES('feed_token', ?)").Text(token).Run();
}

bool SqliteChatLog::MarkHandled(const std::string& event_id, absl::Time now) {
  queries_("INSERT OR IGNORE INTO handled_event(event_id, time) VALUES(?, ?)")
      .Text(event_id)
      .Time(now)
      .Run();
  return queries_.error().ok() && queries_.ChangedRows() == 1;
}

void SqliteChatLog::RememberAccount(const std::string& account) {
  queries_("INSERT OR IGNORE INTO account(jid) VALUES(?)").Text(account).Run();
}

bool SqliteChatLog::IsOwnAccount(const std::string& jid) {
  auto query = queries_("SELECT 1 FROM account WHERE jid = ?");
  query.Text(jid);
  return query.Next();
}

bool SqliteChatLog::MarkRefused(const std::string& account, const std::string& jid,
                                absl::Time now) {
  queries_("INSERT OR IGNORE INTO refused(account, jid, time) VALUES(?, ?, ?)")
      .Text(account)
      .Text(jid)
      .Time(now)
      .Run();
  return queries_.error().ok() && queries_.ChangedRows() == 1;
}

void SqliteChatLog::AddReply(const OwedReply& reply) {
  queries_(
      "INSERT OR IGNORE INTO owed_reply(request_id, account, recipient, text, place) "
      "VALUES(?, ?, ?, ?, ?)")
      .Text(reply.request_id)
      .Text(reply.account)
      .Text(reply.to)
      .Text(reply.text)
      .Int(static_cast<int64_t>(reply.place))
      .Run();
  commit_.replies = true;
}

std::vector<OwedReply> SqliteChatLog::RepliesAfter(int64_t id, int64_t limit) {
  auto query = queries_(
      "SELECT id, request_id, account, recipient, text, place FROM owed_reply WHERE id > ? "
      "ORDER BY id LIMIT ?");
  query.Int(id).Int(limit);
  std::vector<OwedReply> replies;
  while (query.Next()) {
    replies.push_back({query.GetInt(0), query.GetText(1), query.GetText(2), query.GetText(3),
                       query.GetText(4), static_cast<ChatPlace>(query.GetInt(5))});
  }
  return replies;
}

void SqliteChatLog::RemoveReply(int64_t id) {
  queries_("DELETE FROM owed_reply WHERE id = ?").Int(id).Run();
}

int64_t SqliteChatLog::OwedCount() {
  auto query = queries_(
      "SELECT (SELECT COUNT(*) FROM owed_reply) + "
      "(SELECT COUNT(*) FROM command WHERE status = 0 AND origin_account <> '')");
  return query.Next() ? query.GetInt(0) : 0;
}

void SqliteChatLog::Purge(absl::Time events_before, absl::Time refusals_before) {
  queries_("DELETE FROM handled_event WHERE time < ?").Time(events_before).Run();
  queries_("DELETE FROM refused WHERE time < ?").Time(refusals_before).Run();
}

}  // namespace chatwire::mqtt
