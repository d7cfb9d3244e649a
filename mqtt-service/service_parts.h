#ifndef CHATWIRE_MQTT_SERVICE_SERVICE_PARTS_H_
#define CHATWIRE_MQTT_SERVICE_SERVICE_PARTS_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "common/auth/token_store.h"
#include "common/clock.h"
#include "common/mutex.h"
#include "common/rpc/token_service.h"
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
#include "mqtt-service/service.h"
#include "mqtt-service/service_links.h"
#include "mqtt-service/store/sqlite_store.h"
#include "mqtt-service/threads/deadline_timer.h"

namespace chatwire::mqtt {

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
            broker_options, "homie", {{homie.topics().SetFilter(), true}}, std::nullopt,
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

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_SERVICE_PARTS_H_
