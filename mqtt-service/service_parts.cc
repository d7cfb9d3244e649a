#include "mqtt-service/service_parts.h"

#include <utility>

#include "absl/log/log.h"
#include "common/secret_file.h"

namespace chatwire::mqtt {
namespace {

constexpr char kHealthName[] = "chatwire.mqtt.v1";
constexpr absl::Duration kStopGrace = absl::Seconds(2);

}  // namespace

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

}  // namespace chatwire::mqtt
