#ifndef CHATWIRE_TESTS_UNIT_MQTT_SERVICE_RULES_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_MQTT_SERVICE_RULES_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mqtt-service/domain/chat_rules.h"
#include "mqtt-service/domain/deadline_rules.h"
#include "mqtt-service/domain/report_rules.h"
#include "mqtt-service/store/sqlite_store.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire::mqtt {

/// The rules over a real store, with time standing still. Confirm time-out 5 s, expiry 30 s.
class RulesFixture : public ::testing::Test {
 protected:
  RulesFixture() : store_(*SqliteStore::Open(folder_.Path("mqtt.db"))) {}

  /// Runs @p work in a transaction that is committed.
  void Do(const std::function<void(Transaction&)>& work) {
    const absl::Status status = store_->Write([&](Transaction& transaction) {
      work(transaction);
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  void Create(const std::string& name, const std::string& title = "", bool virtual_device = false) {
    Do([&](Transaction& transaction) {
      CheckboxConfig config;
      config.name = name;
      config.title = title;
      config.virtual_device = virtual_device;
      ASSERT_TRUE(rules_.Create(transaction, config).ok());
    });
  }

  /// Sets @p name for a chat message with the event id @p event; returns the command's id.
  std::string Set(const std::string& name, SwitchAction action, const std::string& event = "e1") {
    std::string id;
    Do([&](Transaction& transaction) {
      SetWish wish;
      wish.name = name;
      wish.action = action;
      wish.source = ChangeSource::kChat;
      wish.actor = "alice@example.org";
      wish.origin = {"bot@example.org", "alice@example.org/phone", event};
      const auto outcome = rules_.Set(transaction, wish);
      ASSERT_TRUE(outcome.ok()) << outcome.status();
      id = outcome->command_id;
    });
    return id;
  }

  void Report(const std::string& name, SwitchState state, const std::string& command_id = "") {
    Do([&](Transaction& transaction) { reports_.Report(transaction, {name, state, command_id}); });
  }

  void ApplyDeadlines() {
    Do([&](Transaction& transaction) { deadlines_.Apply(transaction); });
  }

  Checkbox Get(const std::string& name) {
    Checkbox checkbox;
    Do([&](Transaction& transaction) { checkbox = *transaction.checkboxes().Find(name); });
    return checkbox;
  }

  CommandStatus StatusOf(const std::string& command_id) {
    CommandStatus status = CommandStatus::kPending;
    Do([&](Transaction& transaction) { status = transaction.commands().Find(command_id)->status; });
    return status;
  }

  std::vector<OutboxMessage> OutboxMessages() {
    std::vector<OutboxMessage> messages;
    Do([&](Transaction& transaction) { messages = transaction.outbox().After(0, 1000); });
    return messages;
  }

  /// The ids of the commands that are to be published, oldest first.
  std::vector<std::string> CommandsInOutbox() {
    std::vector<std::string> ids;
    for (const OutboxMessage& message : OutboxMessages()) {
      if (!message.command_id.empty()) ids.push_back(message.command_id);
    }
    return ids;
  }

  /// Texts of the owed replies, oldest first.
  std::vector<std::string> Replies() {
    std::vector<std::string> texts;
    Do([&](Transaction& transaction) {
      for (const OwedReply& reply : transaction.chat().RepliesAfter(0, 1000)) {
        texts.push_back(reply.text);
      }
    });
    return texts;
  }

  /// The same, of those that came after the first @p before.
  std::vector<std::string> Since(size_t before) {
    const auto replies = Replies();
    return {replies.begin() + static_cast<ptrdiff_t>(before), replies.end()};
  }

  /// What is owed because @p name reports @p state.
  std::vector<std::string> ReportAndListen(const std::string& name, SwitchState state) {
    const size_t before = Replies().size();
    Report(name, state);
    return Since(before);
  }

  TemporaryDirectory folder_;
  FakeClock clock_;
  Announcer announcer_{Topics("chatwire")};
  CheckboxRules rules_{announcer_, clock_, {}};
  ReportRules reports_{announcer_, clock_};
  DeadlineRules deadlines_{announcer_, clock_};
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_UNIT_MQTT_SERVICE_RULES_FIXTURE_H_
