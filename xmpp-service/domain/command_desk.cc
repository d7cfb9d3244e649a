#include "xmpp-service/domain/command_desk.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumAnswered = 1000;

CommandRefusal NotOffered() { return {"cancel", "item-not-found", "", "there is no such command"}; }
CommandRefusal BadSession() {
  return {"modify", "bad-request", "bad-sessionid", "this command is not running; begin again"};
}
CommandRefusal BadAction() {
  return {"modify", "bad-request", "bad-action", "the command cannot do that now"};
}

CommandResult Canceled(const std::string& session_id) {
  CommandResult result;
  result.status = CommandStatus::kCanceled;
  result.session_id = session_id;
  return result;
}

void RunAll(const std::vector<std::function<void()>>& functions) {
  for (const auto& function : functions) function();
}

bool Contains(const std::vector<CommandAction>& actions, CommandAction action) {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

}  // namespace

bool CommandOffer::Allows(const std::string& from, bool is_contact) const {
  if (audience == CommandAudience::kEverybody) return true;
  if (audience == CommandAudience::kContacts) return is_contact;
  const std::string bare = BareOf(from);
  return allowed.count(bare) != 0 || allowed.count(bare.substr(bare.find('@') + 1)) != 0;
}

absl::StatusOr<int64_t> CommandDesk::Offer(CommandOffer offer, Program program) {
  std::vector<Program> replaced;
  int64_t id = 0;
  {
    MutexLock lock(mutex_);
    const auto of_account = std::count_if(offers_.begin(), offers_.end(), [&](const auto& entry) {
      return entry.second.offer.account == offer.account;
    });
    if (static_cast<size_t>(of_account) >= kMaximumOffers) {
      return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_OFFERS",
                   "100 streams offer commands for this account already");
    }
    id = ++last_offer_;
    for (const Command& command : offer.commands) {
      int64_t& owner = nodes_[{offer.account, command.node}];
      const auto older = offers_.find(std::exchange(owner, id));
      if (older == offers_.end() || --older->second.nodes > 0) continue;
      replaced.push_back(older->second.program);
      offers_.erase(older);
    }
    const size_t nodes = offer.commands.size();
    offers_[id] = Offered{std::move(offer), std::move(program), nodes};
  }
  for (const Program& program_of_older : replaced) program_of_older->OnReplaced();
  return id;
}

void CommandDesk::Withdraw(int64_t offer_id) {
  Later later;
  {
    MutexLock lock(mutex_);
    if (offers_.erase(offer_id) == 0) return;
    for (auto node = nodes_.begin(); node != nodes_.end();) {
      if (node->second != offer_id) {
        ++node;
        continue;
      }
      for (auto run = runs_.begin(); run != runs_.end();) {
        const auto next = std::next(run);
        if (run->second.waiting && run->second.account == node->first.first &&
            run->second.node == node->first.second) {
          End(run, CommandRefusal{"wait", "recipient-unavailable", "", "the program has gone"},
              std::nullopt, later);
        }
        run = next;
      }
      node = nodes_.erase(node);
    }
  }
  RunAll(later);
}

absl::Status CommandDesk::Answer(const std::string& account, const std::string& session_id,
                                 int step, const std::string& request_id, CommandReply reply) {
  Completion<CommandReply> done;
  bool goes_on = false;
  {
    MutexLock lock(mutex_);
    const auto answered = answered_.find({session_id, step});
    if (answered != answered_.end() && answered->second == request_id) return absl::OkStatus();
    const auto run = runs_.find(session_id);
    if (run == runs_.end() || run->second.account != account || run->second.step != step ||
        !run->second.waiting) {
      return Error(absl::StatusCode::kFailedPrecondition, "COMMAND_NOT_WAITING",
                   "this step does not wait for an answer: it was answered, the user has gone, or "
                   "it took too long");
    }
    Remember(session_id, step, request_id);
    done = std::move(run->second.done);
    run->second.waiting = false;
    if (auto* result = std::get_if<CommandResult>(&reply)) {
      result->session_id = session_id;
      goes_on = result->status == CommandStatus::kExecuting;
      run->second.allowed = result->allowed;
      run->second.default_action = result->default_action;
      run->second.form = result->form.value_or(DataForm());
    }
    if (!goes_on) runs_.erase(run);
  }
  if (goes_on) WatchIdle(session_id, step);
  done(std::move(reply));
  return absl::OkStatus();
}

std::vector<Command> CommandDesk::CommandsFor(const std::string& account, const std::string& from,
                                              bool is_contact) {
  MutexLock lock(mutex_);
  std::vector<Command> commands;
  for (const auto& [place, id] : nodes_) {
    if (place.first != account) continue;
    const CommandOffer& offer = offers_.at(id).offer;
    if (!offer.Allows(from, is_contact)) continue;
    const auto command =
        std::find_if(offer.commands.begin(), offer.commands.end(),
                     [&node = place.second](const Command& one) { return one.node == node; });
    if (command != offer.commands.end()) commands.push_back(*command);
  }
  return commands;
}

void CommandDesk::Handle(const std::string& account, CommandStep step, bool is_contact,
                         Completion<CommandReply> done) {
  Later later;
  std::optional<CommandReply> reply;
  Program program;
  CommandRequest request;
  absl::Duration timeout;
  {
    MutexLock lock(mutex_);
    Offered* offered = FindOffer(account, step.node);
    if (offered == nullptr) {
      reply = NotOffered();
    } else if (!offered->offer.Allows(step.jid, is_contact)) {
      reply = CommandRefusal{"auth", "forbidden", "", "you may not run this command"};
    } else {
      auto found = FindRun(account, step, later);
      auto* run = std::get_if<Runs::iterator>(&found);
      if (run == nullptr) {
        reply = std::get<CommandRefusal>(found);
      } else if (step.action == CommandAction::kCancel) {
        reply = Canceled(step.session_id);
        End(*run, *reply, CommandEndReason::kCanceled, later);
      } else if (auto refusal = Resolve((*run)->second, step.action); refusal.has_value()) {
        reply = *std::move(refusal);
      } else {
        Run& state = (*run)->second;
        if (step.form.has_value()) TypeFields(*step.form, state.form);
        state.waiting = true;
        state.done = std::move(done);
        request = {(*run)->first, ++state.step, is_contact, std::move(step)};
        program = offered->program;
        timeout = offered->offer.answer_timeout;
      }
    }
  }
  RunAll(later);
  if (reply.has_value()) {
    done(*std::move(reply));
    return;
  }
  WatchAnswer(request.session_id, request.step, timeout);
  program->OnRequested(std::move(request));
}

CommandDesk::Offered* CommandDesk::FindOffer(const std::string& account, const std::string& node) {
  const auto place = nodes_.find({account, node});
  if (place == nodes_.end()) return nullptr;
  // Withdraw ends what was begun when the offer itself has gone.
  const auto offered = offers_.find(place->second);
  return offered == offers_.end() ? nullptr : &offered->second;
}

std::variant<CommandDesk::Runs::iterator, CommandRefusal> CommandDesk::FindRun(
    const std::string& account, const CommandStep& step, Later& later) {
  if (step.session_id.empty()) return Begin(account, step, later);
  const auto run = runs_.find(step.session_id);
  if (run == runs_.end() || run->second.account != account || run->second.node != step.node ||
      run->second.owner != step.jid) {
    return BadSession();
  }
  return run;
}

std::variant<CommandDesk::Runs::iterator, CommandRefusal> CommandDesk::Begin(
    const std::string& account, const CommandStep& step, Later& later) {
  if (step.action != CommandAction::kExecute) return BadSession();
  size_t of_account = 0;
  size_t of_owner = 0;
  auto abandoned = runs_.end();
  for (auto run = runs_.begin(); run != runs_.end(); ++run) {
    if (run->second.account != account) continue;
    ++of_account;
    if (BareOf(run->second.owner) != BareOf(step.jid)) continue;
    ++of_owner;
    if (!run->second.waiting) abandoned = run;
  }
  // People close windows without a word: what they began and left makes room for what they begin.
  if (of_owner >= kMaximumRunsOfOne && abandoned != runs_.end()) {
    End(abandoned, CommandReply(), CommandEndReason::kIdle, later);
    --of_owner;
    --of_account;
  }
  if (of_owner >= kMaximumRunsOfOne || of_account >= kMaximumRuns) {
    return CommandRefusal{"wait", "resource-constraint", "", "too many commands are running"};
  }
  Run run;
  run.account = account;
  run.owner = step.jid;
  run.node = step.node;
  run.allowed = {CommandAction::kExecute};
  run.default_action = CommandAction::kExecute;
  return runs_.emplace(RandomUuid(), std::move(run)).first;
}

std::optional<CommandRefusal> CommandDesk::Resolve(const Run& run, CommandAction& action) {
  if (run.waiting) return BadAction();
  if (action == CommandAction::kExecute) action = run.default_action;
  if (!Contains(run.allowed, action)) return BadAction();
  return std::nullopt;
}

void CommandDesk::End(Runs::iterator run, CommandReply reply,
                      std::optional<CommandEndReason> reason, Later& later) {
  if (run->second.waiting) {
    auto done = std::make_shared<Completion<CommandReply>>(std::move(run->second.done));
    later.push_back([done, reply = std::move(reply)] { (*done)(reply); });
  }
  const Offered* offered = FindOffer(run->second.account, run->second.node);
  if (offered != nullptr && reason.has_value()) {
    later.push_back([program = offered->program, id = run->first, node = run->second.node,
                     why = *reason] { program->OnEnded(id, node, why); });
  }
  runs_.erase(run);
}

void CommandDesk::Remember(const std::string& session_id, int step, const std::string& request_id) {
  answered_[{session_id, step}] = request_id;
  answered_order_.emplace_back(session_id, step);
  if (answered_order_.size() <= kMaximumAnswered) return;
  answered_.erase(answered_order_.front());
  answered_order_.pop_front();
}

void CommandDesk::WatchAnswer(const std::string& session_id, int step, absl::Duration timeout) {
  timers_.PostAfter(timeout, [this, session_id, step] {
    Later later;
    {
      MutexLock lock(mutex_);
      const auto run = runs_.find(session_id);
      if (run == runs_.end() || !run->second.waiting || run->second.step != step) return;
      End(run, CommandRefusal{"wait", "remote-server-timeout", "", "the program did not answer"},
          CommandEndReason::kAnswerTimeout, later);
    }
    RunAll(later);
  });
}

void CommandDesk::WatchIdle(const std::string& session_id, int step) {
  timers_.PostAfter(kIdleTimeout, [this, session_id, step] {
    Later later;
    {
      MutexLock lock(mutex_);
      const auto run = runs_.find(session_id);
      if (run == runs_.end() || run->second.waiting || run->second.step != step) return;
      End(run, CommandReply(), CommandEndReason::kIdle, later);
    }
    RunAll(later);
  });
}

}  // namespace chatwire::xmpp
