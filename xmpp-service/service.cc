#include "xmpp-service/service.h"

#include <utility>
#include <vector>

#include "absl/log/log.h"
#include "common/auth/token_store.h"
#include "common/clock.h"
#include "common/rpc/token_service.h"
#include "common/state_dir.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/command_desk.h"
#include "xmpp-service/domain/delivery_waiters.h"
#include "xmpp-service/domain/message_sender.h"
#include "xmpp-service/domain/rate_limiter.h"
#include "xmpp-service/domain/registrar.h"
#include "xmpp-service/domain/room_message_sender.h"
#include "xmpp-service/domain/wait.h"
#include "xmpp-service/domain/worker_thread.h"
#include "xmpp-service/file_parts.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"
#include "xmpp-service/journal/sqlite_account_store.h"
#include "xmpp-service/journal/sqlite_bookmark_store.h"
#include "xmpp-service/journal/sqlite_directed_presence_store.h"
#include "xmpp-service/journal/sqlite_event_log.h"
#include "xmpp-service/journal/sqlite_history.h"
#include "xmpp-service/journal/sqlite_invitations.h"
#include "xmpp-service/journal/sqlite_outbox.h"
#include "xmpp-service/journal/sqlite_request_log.h"
#include "xmpp-service/journal/sqlite_room_store.h"
#include "xmpp-service/journal/sqlite_subscription_store.h"
#include "xmpp-service/rpc/account_service.h"
#include "xmpp-service/rpc/blocking_service.h"
#include "xmpp-service/rpc/bookmark_service.h"
#include "xmpp-service/rpc/chat_service.h"
#include "xmpp-service/rpc/command_service.h"
#include "xmpp-service/rpc/discovery_service.h"
#include "xmpp-service/rpc/event_service.h"
#include "xmpp-service/rpc/presence_service.h"
#include "xmpp-service/rpc/profile_service.h"
#include "xmpp-service/rpc/room_admin_service.h"
#include "xmpp-service/rpc/room_service.h"
#include "xmpp-service/rpc/roster_service.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/stanza_service.h"
#include "xmpp-service/secrets/sealed_passwords.h"
#include "xmpp-service/session/qxmpp_session_factory.h"

namespace chatwire::xmpp {
namespace {

constexpr char kReadiness[] = "chatwire.xmpp.v1";
constexpr absl::Duration kHealthInterval = absl::Seconds(1);
constexpr absl::Duration kCompactionInterval = absl::Minutes(1);
constexpr absl::Duration kSessionGrace = absl::Seconds(4);
constexpr absl::Duration kCallGrace = absl::Seconds(2);

template <typename T>
absl::Status Assign(absl::StatusOr<T> opened, T& member) {
  if (opened.ok()) member = *std::move(opened);
  return opened.status();
}

/// What follows a commit has run, too.
void Flush(JournalWriter& writer) {
  (void)WaitFor<bool>([&writer](Completion<bool> done) {
    writer.Submit<bool>([](JournalWriter::Tables&) { return true; }, std::move(done));
  });
}

}  // namespace

/// In the order in which they are made; see Stop for the way back.
struct Service::Parts {
  explicit Parts(const Config& the_config) : config(the_config) {}

  absl::Status OpenState();
  absl::Status RestoreAccounts();
  absl::Status Listen();
  void WatchHealth();
  void CompactLater();
  void Stop();

  const Config config;
  SystemClock clock;
  std::unique_ptr<StateDir> state_dir;
  std::unique_ptr<TokenStore> tokens;
  std::unique_ptr<SealedPasswords> passwords;
  // Before the journal: what the journal completes is posted to its threads.
  std::unique_ptr<QxmppSessionFactory> sessions;
  std::unique_ptr<WorkerThread> background = std::make_unique<WorkerThread>();
  std::unique_ptr<CommandDesk> commands = std::make_unique<CommandDesk>(*background);
  std::unique_ptr<SqliteEventLog> log;
  std::unique_ptr<SqliteOutbox> outbox;
  std::unique_ptr<SqliteAccountStore> store;
  std::unique_ptr<SqliteHistory> history;
  std::unique_ptr<SqliteSubscriptionStore> subscriptions;
  std::unique_ptr<SqliteDirectedPresenceStore> directed;
  std::unique_ptr<SqliteRoomStore> rooms;
  std::unique_ptr<SqliteInvitations> invitations;
  std::unique_ptr<SqliteBookmarkStore> bookmarks;
  std::unique_ptr<SqliteRequestLog> requests;
  std::unique_ptr<JournalWriter> writer;
  std::unique_ptr<JournalReader> reader;
  std::unique_ptr<DeliveryWaiters> waiters;
  std::unique_ptr<AccountDirectory> accounts;
  std::unique_ptr<MessageSender> sender;
  std::unique_ptr<Registrar> registrar;
  std::unique_ptr<RateLimiter> registration_limit;
  std::unique_ptr<RoomMessageSender> room_sender;
  std::unique_ptr<AccountService> account_service;
  std::unique_ptr<BlockingService> blocking_service;
  std::unique_ptr<BookmarkService> bookmark_service;
  std::unique_ptr<ChatService> chat_service;
  std::unique_ptr<CommandService> command_service;
  std::unique_ptr<DiscoveryService> discovery_service;
  std::unique_ptr<EventService> event_service;
  std::unique_ptr<PresenceService> presence_service;
  std::unique_ptr<RoomService> room_service;
  std::unique_ptr<ProfileService> profile_service;
  std::unique_ptr<RoomAdminService> room_admin_service;
  std::unique_ptr<RosterService> roster_service;
  std::unique_ptr<FileParts> files;
  std::unique_ptr<StanzaService> stanza_service;
  std::unique_ptr<TokenService> token_service;
  std::unique_ptr<RpcServer> server;
};

absl::Status Service::Parts::OpenState() {
  auto opened = StateDir::Open(config.state_dir);
  if (!opened.ok()) return opened.status();
  state_dir = std::make_unique<StateDir>(*std::move(opened));
  absl::Status status = Assign(TokenStore::Open(state_dir->Path("tokens.db")), tokens);
  if (!status.ok()) return status;
  status = tokens->EnsureAdminToken(state_dir->Path("admin.token")).status();
  if (!status.ok()) return status;
  status = Assign(SealedPasswords::Open(state_dir->Path("password.key")), passwords);
  if (!status.ok()) return status;
  const std::string path = state_dir->Path("journal.db");
  status = Assign(JournalWriter::Open(path, clock), writer);
  if (!status.ok()) return status;
  status = Assign(JournalReader::Open(path), reader);
  if (!status.ok()) return status;
  status = Assign(SqliteEventLog::Open(*writer, *reader), log);
  outbox = std::make_unique<SqliteOutbox>(*writer, *reader);
  store = std::make_unique<SqliteAccountStore>(*writer, *reader);
  history = std::make_unique<SqliteHistory>(*reader);
  subscriptions = std::make_unique<SqliteSubscriptionStore>(*writer, *reader);
  directed = std::make_unique<SqliteDirectedPresenceStore>(*writer, *reader);
  rooms = std::make_unique<SqliteRoomStore>(*writer, *reader, clock);
  invitations = std::make_unique<SqliteInvitations>(*writer, *reader);
  bookmarks = std::make_unique<SqliteBookmarkStore>(*writer);
  requests = std::make_unique<SqliteRequestLog>(*writer, clock);
  return status;
}

absl::Status Service::Parts::RestoreAccounts() {
  SessionOptions options = config.session;
  options.command_host = commands.get();
  absl::Status status = Assign(QxmppSessionFactory::Start(options, config.threads), sessions);
  if (!status.ok()) return status;
  waiters = std::make_unique<DeliveryWaiters>(*background);
  const AgentContext context{
      .sessions = *sessions,
      .log = *log,
      .outbox = *outbox,
      .store = *store,
      .subscriptions = *subscriptions,
      .directed = *directed,
      .rooms = *rooms,
      .invitations = *invitations,
      .bookmarks = *bookmarks,
      .vault = *passwords,
      .waiters = *waiters,
      .clock = clock,
      .login_timeout = config.login_timeout,
  };
  accounts = std::make_unique<AccountDirectory>(context, *passwords, config.max_accounts);
  sender = std::make_unique<MessageSender>(*accounts, *outbox, *waiters);
  registrar = std::make_unique<Registrar>(*sessions, clock, config.login_timeout);
  registration_limit = std::make_unique<RateLimiter>(clock, config.registrations_per_minute);
  room_sender = std::make_unique<RoomMessageSender>(*accounts, *rooms, *waiters);
  const auto stored = WaitFor<std::vector<StoredAccount>>(
      [this](auto done) { store->ListAccounts(std::move(done)); });
  if (!stored.ok()) return stored.status();
  LOG(INFO) << "bringing " << stored->size() << " accounts back";
  accounts->Restore(*stored);
  return absl::OkStatus();
}

absl::Status Service::Parts::Listen() {
  const ServiceContext context{
      .tokens = *tokens,
      .accounts = *accounts,
      .registrar = *registrar,
      .registration_limit = *registration_limit,
      .sender = *sender,
      .outbox = *outbox,
      .subscriptions = *subscriptions,
      .directed = *directed,
      .log = *log,
      .history = *history,
      .requests = *requests,
      .background = *background,
  };
  account_service = std::make_unique<AccountService>(context);
  blocking_service = std::make_unique<BlockingService>(context);
  bookmark_service = std::make_unique<BookmarkService>(context);
  chat_service = std::make_unique<ChatService>(context);
  command_service = std::make_unique<CommandService>(context, *commands, clock);
  discovery_service = std::make_unique<DiscoveryService>(context);
  event_service = std::make_unique<EventService>(context);
  presence_service = std::make_unique<PresenceService>(context);
  room_service = std::make_unique<RoomService>(context, *room_sender, *invitations);
  roster_service = std::make_unique<RosterService>(context);
  files = std::make_unique<FileParts>(config.files, state_dir->Path(""), *writer, clock, context,
                                      *room_sender);
  profile_service = std::make_unique<ProfileService>(context);
  room_admin_service = std::make_unique<RoomAdminService>(context);
  stanza_service = std::make_unique<StanzaService>(context);
  token_service = std::make_unique<TokenService>(
      *tokens, TokenRules{AllScopes(), true},
      [this](absl::AnyInvocable<void()> work) { background->Post(std::move(work)); });
  const absl::Status status =
      Assign(StartServer(config.server,
                         {account_service.get(), chat_service.get(), discovery_service.get(),
                          event_service.get(), presence_service.get(), room_service.get(),
                          roster_service.get(), files->service(), command_service.get(),
                          profile_service.get(), room_admin_service.get(), blocking_service.get(),
                          stanza_service.get(), bookmark_service.get(), token_service.get()}),
             server);
  if (!status.ok()) return status;
  WatchHealth();
  CompactLater();
  return absl::OkStatus();
}

void Service::Parts::WatchHealth() {
  // One account with a wrong password must not take all others off the air: accounts tell about
  // themselves in GetAccount and in the log.
  server->SetServing(kReadiness, writer->healthy());
  background->PostAfter(kHealthInterval, [this] { WatchHealth(); });
}

void Service::Parts::CompactLater() {
  background->PostAfter(kCompactionInterval, [this] {
    log->Compact(config.retention);
    CompactLater();
  });
}

void Service::Parts::Stop() {
  if (server != nullptr) {
    server->SetServing(kReadiness, false);
    event_service->Shutdown();
    files->Shutdown();
    command_service->Shutdown();
  }
  if (waiters != nullptr) waiters->CancelAll();
  if (accounts != nullptr) accounts->Shutdown(kSessionGrace);
  if (server != nullptr) server->Shutdown(kCallGrace);
  background->Stop();
  if (files != nullptr) files->Stop();
  server.reset();
  if (writer != nullptr) Flush(*writer);
  accounts.reset();
  registrar.reset();
  if (sessions != nullptr) sessions->Stop();
  // Writes what is still queued.
  writer.reset();
  reader.reset();
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() { parts_->Stop(); }

const std::string& Service::address() const { return parts_->server->address(); }

absl::StatusOr<std::unique_ptr<Service>> Service::Start(const Config& config) {
  std::unique_ptr<Service> service(new Service(std::make_unique<Parts>(config)));
  absl::Status status = service->parts_->OpenState();
  if (status.ok()) status = service->parts_->RestoreAccounts();
  if (status.ok()) status = service->parts_->Listen();
  if (!status.ok()) return status;
  return service;
}

}  // namespace chatwire::xmpp
