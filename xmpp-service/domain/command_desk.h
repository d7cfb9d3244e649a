#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_DESK_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_DESK_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/mutex.h"
#include "xmpp-service/domain/command_offer.h"
#include "xmpp-service/domain/command_port.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// Brings those who run commands and the programs that offer them together (XEP-0050).
///
/// A run is a session of XEP-0050: it belongs to the full JID that began it, waits a bounded time
/// for the program, and a bounded time for the person. Runs outlive reconnects of the account, and
/// a program that comes back and offers the same node goes on with them. Thread-safe; programs and
/// completions are called without the lock. Outlives the functions that it posts to @p timers.
class CommandDesk final : public CommandHost {
 public:
  static constexpr size_t kMaximumOffers = 100;
  static constexpr size_t kMaximumRuns = 200;
  static constexpr size_t kMaximumRunsOfOne = 5;
  static constexpr absl::Duration kIdleTimeout = absl::Minutes(10);

  explicit CommandDesk(Executor& timers) : timers_(timers) {}

  /// Offers commands until Withdraw. Errors: RESOURCE_EXHAUSTED/TOO_MANY_OFFERS.
  absl::StatusOr<int64_t> Offer(CommandOffer offer, std::shared_ptr<CommandProgram> program);

  /// Who waits for an answer is told that nobody is there. Unknown ids are nothing.
  void Withdraw(int64_t offer_id);

  /// The program's answer to a step. OK again for the same @p request_id.
  /// Errors: FAILED_PRECONDITION/COMMAND_NOT_WAITING.
  absl::Status Answer(const std::string& account, const std::string& session_id, int step,
                      const std::string& request_id, CommandReply reply);

  std::vector<Command> CommandsFor(const std::string& account, const std::string& from,
                                   bool is_contact) override;
  void Handle(const std::string& account, CommandStep step, bool is_contact,
              Completion<CommandReply> done) override;

 private:
  using Program = std::shared_ptr<CommandProgram>;
  /// What is to be done once the lock is free.
  using Later = std::vector<std::function<void()>>;

  struct Offered {
    CommandOffer offer;
    Program program;
    /// Nodes that no later offer has taken over.
    size_t nodes = 0;
  };
  struct Run {
    std::string account;
    std::string owner;
    std::string node;
    int step = 0;
    bool waiting = false;
    Completion<CommandReply> done;
    std::vector<CommandAction> allowed;
    CommandAction default_action = CommandAction::kComplete;
    /// What the person is asked to fill in.
    DataForm form;
  };
  using Runs = std::map<std::string, Run>;

  Offered* FindOffer(const std::string& account, const std::string& node)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// The run that @p step goes on with, or begins; else an answer for who takes it.
  std::variant<Runs::iterator, CommandRefusal> FindRun(const std::string& account,
                                                       const CommandStep& step, Later& later)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::variant<Runs::iterator, CommandRefusal> Begin(const std::string& account,
                                                     const CommandStep& step, Later& later)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// What is wrong with @p action in @p run; resolves kExecute.
  static std::optional<CommandRefusal> Resolve(const Run& run, CommandAction& action);
  /// Drops a run; who waits in it is answered with @p reply, the program is told @p reason.
  void End(Runs::iterator run, CommandReply reply, std::optional<CommandEndReason> reason,
           Later& later) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Remember(const std::string& session_id, int step, const std::string& request_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WatchAnswer(const std::string& session_id, int step, absl::Duration timeout);
  void WatchIdle(const std::string& session_id, int step);

  Executor& timers_;
  Mutex mutex_;
  int64_t last_offer_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<int64_t, Offered> offers_ ABSL_GUARDED_BY(mutex_);
  /// By account and node.
  std::map<std::pair<std::string, std::string>, int64_t> nodes_ ABSL_GUARDED_BY(mutex_);
  Runs runs_ ABSL_GUARDED_BY(mutex_);
  /// `request_id`s of the last answers, by session id and step, oldest first in the queue.
  std::map<std::pair<std::string, int>, std::string> answered_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::pair<std::string, int>> answered_order_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_DESK_H_
