#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHAT_LOG_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHAT_LOG_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/store.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// ChatLog in SQLite. Marks in @p commit what it touches.
class SqliteChatLog final : public ChatLog {
 public:
  SqliteChatLog(QueryCache& queries, Commit& commit) : queries_(queries), commit_(commit) {}

  std::string FeedToken() override;
  void SetFeedToken(const std::string& token) override;
  bool MarkHandled(const std::string& event_id, absl::Time now) override;
  void RememberAccount(const std::string& account) override;
  bool IsOwnAccount(const std::string& jid) override;
  bool MarkRefused(const std::string& account, const std::string& jid, absl::Time now) override;
  void AddReply(const OwedReply& reply) override;
  std::vector<OwedReply> RepliesAfter(int64_t id, int64_t limit) override;
  void RemoveReply(int64_t id) override;
  int64_t OwedCount() override;
  void Purge(absl::Time events_before, absl::Time refusals_before) override;

 private:
  QueryCache& queries_;
  Commit& commit_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHAT_LOG_H_
