#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_PORTS_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_PORTS_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/domain/session.h"

namespace chatwire::xmpp {

/// Remembers what is recorded; answers at once.
class FakeEventLog final : public EventLog {
 public:
  void Append(const std::string&, EventPayload payload, Completion<int64_t> done) override {
    appended.push_back(std::move(payload));
    done(static_cast<int64_t>(appended.size()));
  }
  void Record(Arrival arrival, Completion<Recorded> done) override {
    if (!record_status.ok()) {
      done(record_status);
      return;
    }
    recorded.push_back(std::move(arrival));
    done(Recorded{Recorded::Outcome::kAppended, ""});
  }
  void Read(EventQuery, Completion<EventPage> done) override { done(EventPage{}); }
  void GetArchiveMark(const std::string&, Completion<std::optional<ArchiveMark>> done) override {
    done(mark);
  }
  void SetArchiveMark(const std::string&, ArchiveMark new_mark, Completion<bool> done) override {
    mark = std::move(new_mark);
    done(true);
  }
  int64_t LastSequence() const override { return 0; }
  const std::string& LogId() const override { return log_id; }
  void AddListener(EventLogListener*) override {}
  void RemoveListener(EventLogListener*) override {}

  std::string log_id = "log";
  absl::Status record_status;
  std::optional<ArchiveMark> mark;
  std::vector<EventPayload> appended;
  std::vector<Arrival> recorded;
};

/// Messages that wait, by row.
class FakeOutbox final : public Outbox {
 public:
  void Accept(NewMessage, Completion<AcceptedMessage>) override {}
  void ListPending(const std::string&, int64_t after_row, int limit,
                   Completion<std::vector<OutgoingMessage>> done) override {
    std::vector<OutgoingMessage> page;
    for (auto it = pending.upper_bound(after_row);
         it != pending.end() && page.size() < static_cast<size_t>(limit); ++it) {
      page.push_back(it->second);
    }
    done(std::move(page));
  }
  void Acknowledge(const std::string&, const std::string& message_id,
                   Completion<bool> done) override {
    std::erase_if(pending,
                  [&](const auto& entry) { return entry.second.message_id == message_id; });
    done(true);
  }
  void Fail(const std::string&, const std::string& message_id, const std::string&, StanzaError,
            Completion<bool> done) override {
    std::erase_if(pending,
                  [&](const auto& entry) { return entry.second.message_id == message_id; });
    failed.push_back(message_id);
    done(true);
  }
  void CountPending(Completion<std::map<std::string, int64_t>>) override {}

  OutgoingMessage Add(int64_t row) {
    OutgoingMessage message{row, "id-" + std::to_string(row), "alice@example.org", "text"};
    pending[row] = message;
    return message;
  }

  std::map<int64_t, OutgoingMessage> pending;
  std::vector<std::string> failed;
};

/// A session that does nothing by itself.
class FakeSession final : public Session {
 public:
  void Connect(const std::string&, const Presence&) override {}
  void Abort() override {}
  void Close() override {}
  void Send(const OutgoingMessage& message, Completion<bool> done) override {
    sent.push_back(message.message_id);
    unacknowledged[message.message_id] = std::move(done);
  }
  void SendChatState(const std::string&, ChatState) override {}
  void SendReceipt(const IncomingMessage&) override {}
  void SendPresence(const Presence&) override {}
  void Ping(Completion<bool> done) override { done(true); }
  void QueryArchive(const ArchiveQuery& query, Completion<ArchivePage> done) override {
    queries.push_back(query);
    if (pages.empty()) {
      pending_query = std::move(done);
      return;
    }
    auto page = std::move(pages.front());
    pages.erase(pages.begin());
    done(std::move(page));
  }

  void Acknowledge(const std::string& message_id) { unacknowledged[message_id](true); }
  void Refuse(const std::string& message_id) {
    unacknowledged[message_id](absl::UnavailableError("gone"));
  }

  std::vector<std::string> sent;
  std::map<std::string, Completion<bool>> unacknowledged;
  std::vector<ArchiveQuery> queries;
  std::vector<absl::StatusOr<ArchivePage>> pages;
  Completion<ArchivePage> pending_query;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_FAKE_PORTS_H_
