#ifndef CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_ROSTER_H_
#define CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_ROSTER_H_

#include <string>
#include <utility>
#include <vector>

#include "common/mutex.h"
#include "xmpp-service/domain/roster_port.h"

namespace chatwire::xmpp {

/// Takes down what sessions ask of the roster, and answers as it is told to. Thread-safe.
class FakeRoster final : public RosterPort {
 public:
  void Put(const std::string& jid, const std::string& name, const std::vector<std::string>& groups,
           Completion<bool> done) override {
    std::string line = "put " + jid + " " + name;
    for (const std::string& group : groups) line += " #" + group;
    Answer(std::move(line), std::move(done));
  }
  void Remove(const std::string& jid, Completion<bool> done) override {
    Answer("remove " + jid, std::move(done));
  }
  void SendSubscription(SubscriptionStanza stanza, const std::string& jid,
                        const std::string& message, Completion<bool> done) override {
    static constexpr const char* kNames[] = {"subscribe", "subscribed", "unsubscribe",
                                             "unsubscribed"};
    Answer(std::string(kNames[static_cast<int>(stanza)]) + " " + jid + " " + message,
           std::move(done));
  }
  void SendDirected(const DirectedPresence& directed) override {
    Answer("show " + directed.to + " " + directed.presence.status + " " +
               std::to_string(static_cast<int>(directed.presence.availability)),
           {});
  }

  /// The server's answer from now on.
  void SetAnswer(absl::StatusOr<bool> answer) {
    MutexLock lock(mutex_);
    answer_ = std::move(answer);
  }
  std::vector<std::string> calls() const {
    MutexLock lock(mutex_);
    return calls_;
  }

 private:
  void Answer(std::string call, Completion<bool> done) {
    absl::StatusOr<bool> answer;
    {
      MutexLock lock(mutex_);
      calls_.push_back(std::move(call));
      answer = answer_;
    }
    done(std::move(answer));
  }

  mutable Mutex mutex_;
  absl::StatusOr<bool> answer_ ABSL_GUARDED_BY(mutex_) = true;
  std::vector<std::string> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_ROSTER_H_
