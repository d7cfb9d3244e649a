#ifndef CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_SERVICE_FIXTURE_H_
#define CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_SERVICE_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "common/auth/token_store.h"
#include "common/rpc/channel.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"
#include "tests/component/xmpp-service/fake_sessions.h"
#include "tests/unit/xmpp-service/temporary_journal.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/message_sender.h"
#include "xmpp-service/rpc/account_service.h"
#include "xmpp-service/rpc/blocking_service.h"
#include "xmpp-service/rpc/bookmark_service.h"
#include "xmpp-service/rpc/chat_service.h"
#include "xmpp-service/rpc/event_service.h"
#include "xmpp-service/rpc/presence_service.h"
#include "xmpp-service/rpc/room_admin_service.h"
#include "xmpp-service/rpc/room_service.h"
#include "xmpp-service/rpc/roster_service.h"
#include "xmpp-service/rpc/stanza_service.h"
#include "xmpp-service/secrets/sealed_passwords.h"

namespace chatwire::xmpp {

inline constexpr char kBot[] = "bot@example.org";
inline constexpr char kAlice[] = "alice@example.org";
inline constexpr char kPassword[] = "geheim";

/// The service with real gRPC, real SQLite and real rules, and no XMPP: FakeXmppServer stands for
/// it.
class ServiceFixture : public ::testing::Test {
 protected:
  ServiceFixture();
  ~ServiceFixture() override;

  /// Ends everything but the state on disk, and starts again.
  void Restart();

  /// A context with a deadline and @p token.
  std::unique_ptr<grpc::ClientContext> Context(const std::string& token,
                                               absl::Duration deadline = absl::Seconds(10));

  /// Logs the bot in; returns the token.
  std::string Login(const std::string& jid = kBot, const std::string& password = kPassword);
  absl::Status TryLogin(const v1::LoginRequest& request, v1::LoginResponse* response = nullptr);
  absl::StatusOr<v1::SendMessageResponse> Send(const std::string& token,
                                               const v1::SendMessageRequest& request);
  absl::StatusOr<v1::Account> GetAccount(const std::string& token);
  static v1::SendMessageRequest Text(const std::string& body);

  /// What gRPC services work with.
  ServiceContext Services();

  /// Waits until @p condition holds; false after 5 s.
  static bool Eventually(const std::function<bool()>& condition);

  size_t maximum_accounts_ = 10;
  int registrations_per_minute_ = 6;
  TemporaryJournal journal_;
  FakeXmppServer xmpp_;
  std::unique_ptr<WorkerThread> background_;
  std::unique_ptr<TokenStore> tokens_;
  std::unique_ptr<SealedPasswords> passwords_;
  std::unique_ptr<DeliveryWaiters> waiters_;
  std::unique_ptr<AccountDirectory> accounts_;
  std::unique_ptr<MessageSender> sender_;
  std::unique_ptr<Registrar> registrar_;
  std::unique_ptr<RateLimiter> registration_limit_;
  std::unique_ptr<RoomMessageSender> room_sender_;
  std::unique_ptr<AccountService> account_service_;
  std::unique_ptr<ChatService> chat_service_;
  std::unique_ptr<EventService> event_service_;
  std::unique_ptr<PresenceService> presence_service_;
  std::unique_ptr<RoomService> room_service_;
  std::unique_ptr<RoomAdminService> room_admin_service_;
  std::unique_ptr<RosterService> roster_service_;
  std::unique_ptr<BlockingService> blocking_service_;
  std::unique_ptr<BookmarkService> bookmark_service_;
  std::unique_ptr<StanzaService> stanza_service_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::string admin_token_;

 private:
  void Start();
  void Stop();
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_SERVICE_FIXTURE_H_
