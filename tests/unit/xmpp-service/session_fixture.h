#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SESSION_FIXTURE_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SESSION_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/event_loop.h"
#include "tests/support/scripted_xmpp_server.h"
#include "xmpp-service/session/qxmpp_session.h"

namespace chatwire::xmpp {

/// Remembers what a session tells.
class RecordingListener final : public SessionListener {
 public:
  void OnConnected(bool resumed) override { connected.push_back(resumed); }
  void OnDisconnected(ConnectionFailure failure) override { ends.push_back(std::move(failure)); }
  void OnMessage(IncomingMessage message) override { messages.push_back(std::move(message)); }
  void OnRoster(std::vector<Contact> contacts) override { rosters.push_back(std::move(contacts)); }
  void OnContactChanged(Contact contact) override { changed.push_back(std::move(contact)); }
  void OnContactRemoved(const std::string& jid) override { removed.push_back(jid); }
  void OnPresence(const std::string& from, Presence presence) override {
    presences.emplace_back(from, std::move(presence));
  }
  void OnSubscription(IncomingSubscription subscription) override {
    subscriptions.push_back(std::move(subscription));
  }
  void OnEvent(EventPayload payload) override { events.push_back(std::move(payload)); }

  std::vector<bool> connected;
  std::vector<ConnectionFailure> ends;
  std::vector<IncomingMessage> messages;
  std::vector<std::vector<Contact>> rosters;
  std::vector<Contact> changed;
  std::vector<std::string> removed;
  std::vector<std::pair<std::string, Presence>> presences;
  std::vector<IncomingSubscription> subscriptions;
  std::vector<EventPayload> events;
};

/// alice@localhost on a scripted server. That server has no TLS and knows only PLAIN, so both are
/// allowed here, and only here.
class SessionFixture : public ::testing::Test {
 protected:
  SessionFixture() {
    AllowPlaintext(true);
    settings_.request_timeout = std::chrono::milliseconds(200);
    Route(server_.port());
  }

  void AllowPlaintext(bool allow) {
    settings_.adjust = [allow](QXmppConfiguration& configuration) {
      configuration.setDisabledSaslMechanisms({});
      if (allow) configuration.setStreamSecurityMode(QXmppConfiguration::TLSDisabled);
    };
  }

  void Route(quint16 port) { settings_.routes["localhost"] = {"127.0.0.1", port}; }

  void Connect(const std::string& password = "secret") {
    if (session_ == nullptr) {
      session_ = std::make_unique<QxmppSession>(
          settings_, SessionCredentials{*Jid::ParseBare("alice@localhost"), "test"}, &listener_);
    }
    session_->Connect(password, {});
  }

  bool LogIn() {
    const size_t before = listener_.connected.size();
    Connect();
    return testing::WaitUntil([&] { return listener_.connected.size() > before; });
  }

  bool WaitForEnd(size_t number = 1) {
    return testing::WaitUntil([&] { return listener_.ends.size() >= number; });
  }

  /// What a completion was given.
  template <typename T>
  using Result = std::shared_ptr<std::optional<absl::StatusOr<T>>>;

  template <typename T>
  static std::pair<Completion<T>, Result<T>> Remember() {
    auto result = std::make_shared<std::optional<absl::StatusOr<T>>>();
    return {Completion<T>([result](auto value) { *result = std::move(value); }), result};
  }

  template <typename T>
  static bool WaitForResult(const Result<T>& result) {
    return testing::WaitUntil([&] { return result->has_value(); });
  }

  static OutgoingMessage Text(const std::string& id) { return {1, id, "bob@localhost", "hällo"}; }

  testing::ScriptedXmppServer server_;
  SessionSettings settings_;
  RecordingListener listener_;
  std::unique_ptr<QxmppSession> session_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_SESSION_FIXTURE_H_
