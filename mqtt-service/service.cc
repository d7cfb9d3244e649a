#include "mqtt-service/service.h"

#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/auth/token_store.h"
#include "common/clock.h"
#include "common/mutex.h"
#include "common/rpc/token_service.h"
#include "common/secret_file.h"
#include "common/state_dir.h"
#include "mqtt-service/broker/echo_fence.h"
#include "mqtt-service/broker/echo_link.h"
#include "mqtt-service/broker/home_assistant.h"
#include "mqtt-service/broker/homie.h"
#include "mqtt-service/broker/message_router.h"
#include "mqtt-service/broker/paho_message_publisher.h"
#include "mqtt-service/broker/paho_message_source.h"
#include "mqtt-service/broker/paho_publisher.h"
#include "mqtt-service/broker/paho_subscriber.h"
#include "mqtt-service/broker/publish_loop.h"
#include "mqtt-service/feed/chat_event_feed.h"
#include "mqtt-service/feed/chat_reply_sender.h"
#include "mqtt-service/feed/checkbox_form_offers.h"
#include "mqtt-service/rpc/broker_service.h"
#include "mqtt-service/rpc/checkbox_group_service.h"
#include "mqtt-service/rpc/checkbox_service.h"
#include "mqtt-service/store/sqlite_store.h"
#include "mqtt-service/threads/deadline_timer.h"

namespace chatwire::mqtt {
namespace {

constexpr char kHealthName[] = "chatwire.mqtt.v1";
constexpr absl::Duration kStopGrace = absl::Seconds(2);
constexpr size_t kIdCharacters = 8;

/// The same after a restart, another for another store: two services must not take each other's
/// place.
BrokerOptions WithClientId(BrokerOptions options, const std::string& base,
                           const std::string& store_id) {
  options.client_id =
      absl::StrCat(absl::StrReplaceAll(base, {{"/", "-"}}), "-", store_id.substr(0, kIdCharacters));
  return options;
}

/// What the RPCs of this service ask for.
TokenRules RulesOfTokens() {
  return {{"broker", "broker.publish", "broker.subscribe", "checkbox.admin", "checkbox.read",
           "checkbox.set"},
          false};
}

/// Home Assistant's own topic is subscribed to only where it is wanted: a broker may forbid it.
std::vector<InboundFilter> SubscriberFilters(const Topics& topics, const HomeAssistant& home) {
  std::vector<InboundFilter> filters = topics.InboundFilters();
  if (!home.BirthTopic().empty()) filters.push_back({home.BirthTopic(), false});
  return filters;
}

/// A controller's `set` that nobody heard is said again by the controller: nothing is kept for us.
/// The will is the root device's, as the convention wants it.
SubscriberSession HomieSession(const HomieTopics& homie, const Topics& topics) {
  SubscriberSession session;
  session.lasting = false;
  session.will_topic = homie::State(homie.RootDevice());
  session.lost = "lost";
  session.goodbye = "disconnected";
  session.tick_topic = topics.BridgeTick();
  return session;
}

/// Each checkbox may have a device that says whether it is there.
SubscriberSession LastingSession(const Topics& topics) {
  SubscriberSession session;
  session.many_retained = topics.DeviceAvailability("+");
  return session;
}

}  // namespace

/// In the order in which they are built; what stands later uses what stands before.
struct MqttService::Parts {
  Parts(const Config& config, StateDir state_dir_in, std::unique_ptr<TokenStore> tokens_in,
        std::unique_ptr<SqliteStore> store_in)
      : offers_form(config.chat_form),
        state_dir(std::move(state_dir_in)),
        tokens(std::move(tokens_in)),
        store(std::move(store_in)),
        admin_token_file(state_dir.Path("admin.token")),
        announcer(Topics(config.base_topic)),
        checkbox_rules(announcer, clock, config.times),
        report_rules(announcer, clock),
        deadline_rules(announcer, clock),
        chat_rules(checkbox_rules, announcer, clock, config.chat),
        publisher_state("MQTT publisher", config.broker_url, clock),
        subscriber_state("MQTT subscriber", config.broker_url, clock),
        echo_state("MQTT echo", config.broker_url, clock),
        api_state("MQTT API publisher", config.broker_url, clock),
        homie_state("MQTT Homie", config.broker_url, clock),
        feed_state("chat feed", config.xmpp_service.target, clock),
        broker_options(WithClientId(config.broker, config.base_topic, store->id())),
        router(*store, checkbox_rules, report_rules, announcer, clock),
        publisher(broker_options, announcer.topics()),
        publish_loop(*store, checkbox_rules, deadline_rules, publisher, clock),
        echo_fence(*store, deadline_rules, announcer.topics()),
        echo_link(broker_options, announcer.topics(), *store, echo_fence),
        home_assistant(
            *store, checkbox_rules, announcer.topics(), queue,
            [this] { return std::make_unique<PahoMessageSource>(broker_options); },
            config.home_assistant),
        homie(*store, checkbox_rules, config.base_topic, queue, clock, config.homie),
        homie_link(
            broker_options, "homie", {{homie.topics().SetFilter(), true}},
            [this](const InboundMessage& message) { homie.Handle(message); }, [] {},
            HomieSession(homie.topics(), announcer.topics())),
        subscriber(
            broker_options, "sub", SubscriberFilters(announcer.topics(), home_assistant),
            DeviceSubscriptions(*store, DeviceLink::kListener),
            [this](const InboundMessage& message) { router.Handle(message); },
            [this] { router.StartSession(); }, LastingSession(announcer.topics())),
        message_publisher(broker_options, announcer.topics()),
        channel(config.xmpp_service, config.xmpp_service_token_file),
        feed(channel, *store, chat_rules),
        reply_sender(channel, *store),
        form_offers({channel, *store, waiters, queue, checkbox_rules, clock}, config.chat.accounts,
                    config.chat.policy, config.times.confirm_timeout),
        timer(*store, deadline_rules, clock, queue, config.history_retention),
        waiters(*store, queue),
        hub(queue),
        operations(*store, checkbox_rules, clock),
        bulk_set(*store, checkbox_rules, clock),
        transfer(*store, checkbox_rules, clock),
        publish_operation(*store, message_publisher, announcer.topics(), clock, queue),
        subscribe_streams(queue),
        checkbox_service(*tokens, *store, operations, waiters, hub, queue),
        checkbox_group_service(*tokens, bulk_set, transfer, queue),
        broker_service(
            *tokens, *store, {publisher_state, subscriber_state, echo_state, api_state, feed_state},
            publish_operation, subscribe_streams,
            [this] { return std::make_unique<PahoMessageSource>(broker_options); }, queue),
        token_service(*tokens, RulesOfTokens(),
                      [this](absl::AnyInvocable<void()> work) { queue.Post(std::move(work)); }) {}

  /// Whether what we publish can be known again when it comes back.
  bool UsesFence() const { return broker_options.version == MqttVersion::k5; }
  void ConnectListeners();
  void UpdateHealth();
  void UpdateHomie();
  absl::Status Listen(const Config& config);
  void StartThreads();
  void Stop();

  const bool offers_form;
  SystemClock clock;
  StateDir state_dir;
  std::unique_ptr<TokenStore> tokens;
  std::unique_ptr<SqliteStore> store;
  std::string admin_token_file;
  Mutex health_mutex;

  Announcer announcer;
  CheckboxRules checkbox_rules;
  ReportRules report_rules;
  DeadlineRules deadline_rules;
  ChatRules chat_rules;

  LinkState publisher_state;
  LinkState subscriber_state;
  LinkState echo_state;
  LinkState api_state;
  LinkState homie_state;
  LinkState feed_state;

  BrokerOptions broker_options;
  MessageRouter router;
  PahoPublisher publisher;
  PublishLoop publish_loop;
  EchoFence echo_fence;
  EchoLink echo_link;
  HomeAssistant home_assistant;
  HomieDevices homie;
  PahoSubscriber homie_link;
  PahoSubscriber subscriber;
  PahoMessagePublisher message_publisher;

  XmppChannel channel;
  ChatEventFeed feed;
  ChatReplySender reply_sender;
  /// Before what its open answers wait for, which tells them when it ends.
  CheckboxFormOffers form_offers;

  WorkQueue queue;
  DeadlineTimer timer;
  ConfirmationWaiters waiters;
  WatchHub hub;
  CheckboxOperations operations;
  BulkSet bulk_set;
  CheckboxTransfer transfer;
  PublishOperation publish_operation;
  SubscribeStreams subscribe_streams;
  CheckboxService checkbox_service;
  CheckboxGroupService checkbox_group_service;
  BrokerService broker_service;
  TokenService token_service;
  std::unique_ptr<RpcServer> server;

  LinkThread publish_thread{publish_loop, publisher_state, LinkBackoff()};
  LinkThread subscribe_thread{subscriber, subscriber_state, LinkBackoff()};
  LinkThread echo_thread{echo_link, echo_state, LinkBackoff()};
  LinkThread api_thread{message_publisher, api_state, LinkBackoff()};
  LinkThread homie_thread{homie_link, homie_state, LinkBackoff()};
  LinkThread feed_thread{feed, feed_state, LinkBackoff()};
};

/// Each commit tells those who have to do with what it touched.
void MqttService::Parts::ConnectListeners() {
  store->AddListener([this](const Commit& commit) {
    // First: what is asked of a device waits until its answer can be heard.
    if (commit.devices) {
      subscriber.DevicesChanged();
      echo_link.subscriber().DevicesChanged();
    }
    if (commit.outbox) publish_loop.Wake();
    if (commit.replies) reply_sender.Wake();
    timer.OnCommit(commit);
    home_assistant.OnCommit(commit);
    homie.OnCommit(commit);
    waiters.OnCommit(commit);
    hub.OnCommit(commit);
  });
  for (LinkState* state : {&subscriber_state, &feed_state}) {
    state->SetListener([this] {
      UpdateHealth();
      publish_loop.Wake();
    });
  }
  homie.Start();
  homie_state.SetListener([this] { UpdateHomie(); });
  publisher_state.SetListener([this] {
    UpdateHealth();
    UpdateHomie();
    if (!publisher_state.Get().connected) return;
    // The broker is there, and what is published waits for these two.
    subscribe_thread.Nudge();
    if (UsesFence()) echo_thread.Nudge();
    api_thread.Nudge();
    if (homie.enabled()) homie_thread.Nudge();
    home_assistant.OnConnected();
  });
  router.SetBirth(home_assistant.BirthTopic(), [this](const InboundMessage& message) {
    home_assistant.OnBirth(message.payload, message.retained);
  });
  if (UsesFence()) {
    publish_loop.SetFence(&echo_fence);
  } else {
    echo_state.Down("not used: MQTT 3.1.1 has no correlation data to know a command by");
    LOG(WARNING) << "MQTT 3.1.1: a device may get a command twice after a lost connection, and one "
                    "that is away gets it late";
  }
  // A fast device answers at once. Where the broker knows no session of ours yet, only a
  // subscription that is already there hears it.
  publish_loop.SetGate([this] {
    return subscriber_state.Get().connected && subscriber.Settled() &&
           echo_link.subscriber().Settled();
  });
  for (PahoSubscriber* link : {&subscriber, &echo_link.subscriber()}) {
    link->SetListener([this] { publish_loop.Wake(); });
  }
}

void MqttService::Parts::UpdateHomie() {
  const bool hears = !homie.enabled() || homie_state.Get().connected;
  if (hears && publisher_state.Get().connected) {
    homie.OnConnected();
  } else {
    homie.OnDisconnected();
  }
}

void MqttService::Parts::UpdateHealth() {
  // Several links come up at once, each on its thread: an older answer must not be given last.
  MutexLock lock(health_mutex);
  server->SetServing(kHealthName, publisher_state.Get().connected &&
                                      subscriber_state.Get().connected &&
                                      feed_state.Get().connected);
}

absl::Status MqttService::Parts::Listen(const Config& config) {
  auto started = StartServer(
      config.server, {&checkbox_service, &checkbox_group_service, &broker_service, &token_service});
  if (!started.ok()) return started.status();
  server = *std::move(started);
  server->SetServing("", true);
  server->SetServing(kHealthName, false);
  LOG(INFO) << "listening on " << server->address();
  if (config.ready_file.empty()) return absl::OkStatus();
  return WriteFileAtomically(config.ready_file, server->address() + "\n");
}

void MqttService::Parts::StartThreads() {
  timer.Start();
  if (UsesFence()) echo_thread.Start();
  subscribe_thread.Start();
  publish_thread.Start();
  api_thread.Start();
  if (homie.enabled()) homie_thread.Start();
  reply_sender.Start();
  feed_thread.Start();
  if (offers_form) form_offers.Start();
}

/// First no new work, then what makes work, then what carries it out.
void MqttService::Parts::Stop() {
  hub.Shutdown();
  subscribe_streams.Shutdown();
  api_thread.Stop();
  if (server != nullptr) server->Shutdown(kStopGrace);
  feed_thread.Stop();
  form_offers.Stop();
  subscribe_thread.Stop();
  reply_sender.Stop();
  publish_thread.Stop();
  // Last of what is published: what waited in the outbox must not say that it is there.
  homie_thread.Stop();
  echo_thread.Stop();
  queue.Stop();
}

absl::StatusOr<std::unique_ptr<MqttService>> MqttService::Start(const Config& config) {
  auto state_dir = StateDir::Open(config.state_dir);
  if (!state_dir.ok()) return state_dir.status();
  auto tokens = TokenStore::Open(state_dir->Path("tokens.db"));
  if (!tokens.ok()) return tokens.status();
  const auto admin = (*tokens)->EnsureAdminToken(state_dir->Path("admin.token"));
  if (!admin.ok()) return admin.status();
  auto store = SqliteStore::Open(state_dir->Path("mqtt.db"));
  if (!store.ok()) return store.status();
  std::unique_ptr<MqttService> service(new MqttService(std::make_unique<Parts>(
      config, *std::move(state_dir), *std::move(tokens), *std::move(store))));
  service->parts_->ConnectListeners();
  const absl::Status listening = service->parts_->Listen(config);
  if (!listening.ok()) return listening;
  service->parts_->StartThreads();
  return service;
}

MqttService::MqttService(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

MqttService::~MqttService() { parts_->Stop(); }

const std::string& MqttService::address() const { return parts_->server->address(); }

const std::string& MqttService::admin_token_file() const { return parts_->admin_token_file; }

}  // namespace chatwire::mqtt
