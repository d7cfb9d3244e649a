#include "tests/component/xmpp-service/service_fixture.h"

#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "common/secret_file.h"
#include "common/uuid.h"

namespace chatwire::xmpp {

ServiceFixture::ServiceFixture() {
  xmpp_.SetPassword(kBot, kPassword);
  Start();
}

ServiceFixture::~ServiceFixture() {
  Stop();
  xmpp_.Stop();
}

void ServiceFixture::Start() {
  background_ = std::make_unique<WorkerThread>();
  tokens_ = *TokenStore::Open(journal_.directory.Path("tokens.db"));
  CHECK_OK(tokens_->EnsureAdminToken(journal_.directory.Path("admin.token")).status());
  admin_token_ = *ReadSecretFile(journal_.directory.Path("admin.token"));
  passwords_ = *SealedPasswords::Open(journal_.directory.Path("password.key"));
  waiters_ = std::make_unique<DeliveryWaiters>(*background_);
  const AgentContext agents{
      .sessions = xmpp_,
      .log = *journal_.log,
      .outbox = *journal_.outbox,
      .store = *journal_.store,
      .subscriptions = *journal_.subscriptions,
      .directed = *journal_.directed,
      .rooms = *journal_.rooms,
      .invitations = *journal_.invitations,
      .bookmarks = *journal_.bookmarks,
      .vault = *passwords_,
      .waiters = *waiters_,
      .clock = journal_.clock,
      .login_timeout = absl::Seconds(30),
  };
  accounts_ = std::make_unique<AccountDirectory>(agents, *passwords_, maximum_accounts_);
  registrar_ = std::make_unique<Registrar>(xmpp_, journal_.clock, absl::Seconds(30));
  registration_limit_ = std::make_unique<RateLimiter>(journal_.clock, registrations_per_minute_);
  sender_ = std::make_unique<MessageSender>(*accounts_, *journal_.outbox, *waiters_);
  room_sender_ = std::make_unique<RoomMessageSender>(*accounts_, *journal_.rooms, *waiters_);
  accounts_->Restore(*WaitFor<std::vector<StoredAccount>>(
      [this](auto done) { journal_.store->ListAccounts(std::move(done)); }));
  const ServiceContext context = Services();
  account_service_ = std::make_unique<AccountService>(context);
  chat_service_ = std::make_unique<ChatService>(context);
  event_service_ = std::make_unique<EventService>(context);
  presence_service_ = std::make_unique<PresenceService>(context);
  room_service_ = std::make_unique<RoomService>(context, *room_sender_, *journal_.invitations);
  roster_service_ = std::make_unique<RosterService>(context);
  blocking_service_ = std::make_unique<BlockingService>(context);
  bookmark_service_ = std::make_unique<BookmarkService>(context);
  stanza_service_ = std::make_unique<StanzaService>(context);
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  room_admin_service_ = std::make_unique<RoomAdminService>(context);
  server_ =
      *StartServer(options, {account_service_.get(), chat_service_.get(), event_service_.get(),
                             presence_service_.get(), room_service_.get(), roster_service_.get(),
                             room_admin_service_.get(), blocking_service_.get(),
                             stanza_service_.get(), bookmark_service_.get()});
  channel_ = *MakeChannel({server_->address(), ""});
}

ServiceContext ServiceFixture::Services() {
  return {
      .tokens = *tokens_,
      .accounts = *accounts_,
      .registrar = *registrar_,
      .registration_limit = *registration_limit_,
      .sender = *sender_,
      .outbox = *journal_.outbox,
      .subscriptions = *journal_.subscriptions,
      .directed = *journal_.directed,
      .log = *journal_.log,
      .history = *journal_.history,
      .requests = *journal_.requests,
      .background = *background_,
  };
}

void ServiceFixture::Stop() {
  event_service_->Shutdown();
  waiters_->CancelAll();
  accounts_->Shutdown(absl::Seconds(2));
  server_->Shutdown(absl::Seconds(1));
  background_->Stop();
  server_.reset();
  (void)journal_.Mark("flush");
  accounts_.reset();
  registrar_.reset();
  // The agents go on their own thread.
  (void)WaitFor<bool>([this](Completion<bool> done) {
    xmpp_.NextExecutor().Post([done = std::move(done)]() mutable { done(true); });
  });
}

void ServiceFixture::Restart() {
  Stop();
  journal_.Close();
  journal_.Open();
  Start();
}

std::unique_ptr<grpc::ClientContext> ServiceFixture::Context(const std::string& token,
                                                             absl::Duration deadline) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(absl::ToChronoTime(absl::Now() + deadline));
  if (!token.empty()) AttachToken(*context, token);
  return context;
}

absl::Status ServiceFixture::TryLogin(const v1::LoginRequest& request,
                                      v1::LoginResponse* response) {
  v1::LoginResponse ignored;
  const auto stub = v1::AccountService::NewStub(channel_);
  return FromGrpcStatus(
      stub->Login(Context("").get(), request, response == nullptr ? &ignored : response));
}

std::string ServiceFixture::Login(const std::string& jid, const std::string& password) {
  v1::LoginRequest request;
  request.set_jid(jid);
  request.set_password(password);
  v1::LoginResponse response;
  const absl::Status status = TryLogin(request, &response);
  EXPECT_TRUE(status.ok()) << status;
  return response.token();
}

absl::StatusOr<v1::SendMessageResponse> ServiceFixture::Send(
    const std::string& token, const v1::SendMessageRequest& request) {
  v1::SendMessageResponse response;
  const auto stub = v1::ChatService::NewStub(channel_);
  const absl::Status status =
      FromGrpcStatus(stub->SendMessage(Context(token).get(), request, &response));
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::Account> ServiceFixture::GetAccount(const std::string& token) {
  v1::GetAccountResponse response;
  const auto stub = v1::AccountService::NewStub(channel_);
  const absl::Status status =
      FromGrpcStatus(stub->GetAccount(Context(token).get(), v1::GetAccountRequest(), &response));
  if (!status.ok()) return status;
  return response.account();
}

v1::SendMessageRequest ServiceFixture::Text(const std::string& body) {
  v1::SendMessageRequest request;
  request.set_to(kAlice);
  request.set_body(body);
  request.set_request_id(RandomUuid());
  return request;
}

bool ServiceFixture::Eventually(const std::function<bool()>& condition) {
  const absl::Time deadline = absl::Now() + absl::Seconds(5);
  while (!condition()) {
    if (absl::Now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace chatwire::xmpp
