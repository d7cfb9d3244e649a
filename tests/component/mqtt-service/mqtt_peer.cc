#include "tests/component/mqtt-service/mqtt_peer.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "common/uuid.h"

namespace chatwire::mqtt {
namespace {

constexpr std::chrono::seconds kPatience{20};

auto Is(const std::string& topic) {
  return [&topic](const Heard& heard) { return heard.topic == topic; };
}

/// Nothing is copied: it is asked for after every message.
size_t Count(const std::vector<Heard>& heard, const std::string& topic) {
  return static_cast<size_t>(std::count_if(heard.begin(), heard.end(), Is(topic)));
}

std::vector<Heard> Matching(const std::vector<Heard>& heard, const std::string& topic) {
  std::vector<Heard> matching;
  std::copy_if(heard.begin(), heard.end(), std::back_inserter(matching), Is(topic));
  return matching;
}

}  // namespace

MqttPeer::MqttPeer(const std::string& uri, const std::string& filter)
    : client_(::mqtt::create_options_builder()
                  .server_uri(uri)
                  .client_id("peer-" + RandomUuid())
                  .mqtt_version(MQTTVERSION_5)
                  .finalize()) {
  client_.set_message_callback(
      [this](const ::mqtt::const_message_ptr& message) { Receive(message); });
  client_.connect(::mqtt::connect_options_builder::v5().clean_start(true).finalize())->wait();
  client_.subscribe(filter, 1)->wait();
}

MqttPeer::~MqttPeer() { client_.set_message_callback(nullptr); }

void MqttPeer::Publish(const std::string& topic, const std::string& payload, bool retained,
                       const ::mqtt::properties& properties) {
  client_.publish(::mqtt::message::create(topic, payload, 1, retained, properties))->wait();
}

void MqttPeer::AnswerWith(const std::string& topic, const std::string& to,
                          std::function<std::string(const Heard&)> answer) {
  MutexLock lock(mutex_);
  answer_topic_ = topic;
  answer_to_ = to;
  answer_ = std::move(answer);
}

void MqttPeer::Receive(const ::mqtt::const_message_ptr& message) {
  Heard heard{message->get_topic(), message->get_payload(), message->is_retained(), ""};
  const auto& properties = message->get_properties();
  if (properties.contains(::mqtt::property::CORRELATION_DATA)) {
    heard.correlation_data =
        ::mqtt::get<std::string>(properties, ::mqtt::property::CORRELATION_DATA);
  }
  std::string answer;
  std::string to;
  {
    MutexLock lock(mutex_);
    heard_.push_back(heard);
    if (answer_ && heard.topic == answer_topic_ && !heard.retained) {
      answer = answer_(heard);
      to = answer_to_;
    }
  }
  // Not waiting is allowed inside a callback.
  if (!answer.empty()) client_.publish(to, answer, 1, false);
  changed_.notify_all();
}

std::vector<Heard> MqttPeer::On(const std::string& topic) const {
  MutexLock lock(mutex_);
  return Matching(heard_, topic);
}

std::vector<Heard> MqttPeer::WaitFor(const std::string& topic, size_t count) const {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), kPatience,
                    [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return Count(heard_, topic) >= count; });
  return Matching(heard_, topic);
}

bool MqttPeer::WaitForText(const std::string& topic, const std::string& text) const {
  MutexLock lock(mutex_);
  return changed_.wait_for(lock.native(), kPatience, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    const auto last = std::find_if(heard_.rbegin(), heard_.rend(), Is(topic));
    return last != heard_.rend() && absl::StrContains(last->payload, text);
  });
}

}  // namespace chatwire::mqtt
