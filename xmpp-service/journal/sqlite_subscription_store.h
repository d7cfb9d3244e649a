#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SUBSCRIPTION_STORE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SUBSCRIPTION_STORE_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/subscription_store.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// Requests for subscriptions in the journal's database.
class SqliteSubscriptionStore final : public SubscriptionStore {
 public:
  SqliteSubscriptionStore(JournalWriter& writer, JournalReader& reader)
      : writer_(writer), reader_(reader) {}

  void Add(const std::string& account, SubscriptionRequest request, Completion<bool> done) override;
  void Remove(const std::string& account, const std::string& jid, Completion<bool> done) override;
  void Withdraw(const std::string& account, SubscriptionChanged change,
                Completion<bool> done) override;
  void List(const std::string& account, const std::string& after, size_t limit,
            Completion<std::vector<SubscriptionRequest>> done) override;
  void Contains(const std::string& account, const std::string& jid, Completion<bool> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_SUBSCRIPTION_STORE_H_
