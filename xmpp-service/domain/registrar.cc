#include "xmpp-service/domain/registrar.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

absl::Status TooManyOpen() {
  return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_REGISTRATIONS",
               "too many registrations are open; try again in a minute");
}

/// Completes with LOGIN_TIMEOUT after @p timeout at the latest.
template <typename T>
std::shared_ptr<Completion<T>> WithTimeout(Executor& executor, absl::Duration timeout,
                                           Completion<T> done) {
  auto shared = std::make_shared<Completion<T>>(std::move(done));
  executor.PostAfter(timeout, [shared] {
    (*shared)(Error(absl::StatusCode::kDeadlineExceeded, "LOGIN_TIMEOUT",
                    "the server did not answer in time"));
  });
  return shared;
}

}  // namespace

/// What is counted, and what waits for an answer.
struct Registrar::State {
  Mutex mutex;
  size_t open ABSL_GUARDED_BY(mutex) = 0;
  std::map<std::string, PendingPtr> waiting ABSL_GUARDED_BY(mutex);
};

/// One connection. Whoever drops it last, its stream goes away on its own thread.
class Registrar::Pending {
 public:
  Pending(Executor& executor, std::string server, std::shared_ptr<State> state)
      : executor_(executor), server_(std::move(server)), state_(std::move(state)) {}

  ~Pending() {
    {
      MutexLock lock(state_->mutex);
      --state_->open;
    }
    executor_.Post([stream = std::move(stream_)] {});
  }

  Pending(const Pending&) = delete;
  Pending& operator=(const Pending&) = delete;

  Executor& executor() { return executor_; }
  const std::string& server() const { return server_; }

  // On the executor.
  std::unique_ptr<RegistrationStream> stream_;
  /// Written before the connection is handed out.
  RegistrationForm form_;

 private:
  Executor& executor_;
  const std::string server_;
  const std::shared_ptr<State> state_;
};

/// A connection that works has to belong to somebody, and not to the work that belongs to it: to a
/// timer.
std::weak_ptr<Registrar::PendingPtr> Registrar::OwnFor(const PendingPtr& pending,
                                                       absl::Duration timeout) {
  auto owner = std::make_shared<PendingPtr>(pending);
  pending->executor().PostAfter(timeout, [owner] { owner->reset(); });
  return owner;
}

Registrar::PendingPtr Registrar::Disown(const std::weak_ptr<PendingPtr>& owner) {
  const auto slot = owner.lock();
  return slot == nullptr ? nullptr : std::exchange(*slot, nullptr);
}

Registrar::Registrar(RegistrationStreamFactory& streams, const Clock& clock, absl::Duration timeout)
    : streams_(streams), clock_(clock), timeout_(timeout), state_(std::make_shared<State>()) {}

Registrar::~Registrar() {
  std::map<std::string, PendingPtr> waiting;
  MutexLock lock(state_->mutex);
  // They go after the lock.
  waiting.swap(state_->waiting);
}

void Registrar::Open(const std::string& server, Completion<PendingPtr> done) {
  bool full = false;
  {
    MutexLock lock(state_->mutex);
    full = state_->open >= kMaximumOpen;
    if (!full) ++state_->open;
  }
  if (full) {
    done(TooManyOpen());
    return;
  }
  Executor& executor = streams_.NextRegistrationExecutor();
  auto pending = std::make_shared<Pending>(executor, server, state_);
  executor.Post(
      [&streams = streams_, timeout = timeout_, pending, done = std::move(done)]() mutable {
        pending->stream_ = streams.MakeRegistration(pending->server());
        auto opened = WithTimeout<PendingPtr>(pending->executor(), timeout, std::move(done));
        pending->stream_->Open(
            Completion<RegistrationForm>([opened, owner = OwnFor(pending, timeout)](auto form) {
              const PendingPtr alive = Disown(owner);
              if (alive == nullptr) return;
              if (form.ok()) alive->form_ = *std::move(form);
              (*opened)(form.ok() ? absl::StatusOr<PendingPtr>(alive) : form.status());
            }));
      });
}

void Registrar::GetForm(const std::string& server, Completion<OpenRegistration> done) {
  Open(server, Completion<PendingPtr>([&clock = clock_, state = state_,
                                       done = std::move(done)](auto pending) mutable {
         if (!pending.ok()) {
           done(pending.status());
           return;
         }
         OpenRegistration open{RandomUuid(), clock.Now() + kLifetime, (*pending)->form_};
         {
           MutexLock lock(state->mutex);
           state->waiting[open.id] = *pending;
         }
         (*pending)->executor().PostAfter(kLifetime, [state, id = open.id] {
           PendingPtr late;
           MutexLock lock(state->mutex);
           const auto waiting = state->waiting.find(id);
           if (waiting == state->waiting.end()) return;
           late = std::move(waiting->second);
           state->waiting.erase(waiting);
         });
         done(std::move(open));
       }));
}

void Registrar::Register(const std::string& id, const std::string& server,
                         Registration registration, Completion<std::string> done) {
  auto submit = [timeout = timeout_, registration = std::move(registration),
                 done = std::move(done)](absl::StatusOr<PendingPtr> pending) mutable {
    if (!pending.ok()) {
      done(pending.status());
      return;
    }
    const auto answer = AnswerTo((*pending)->form_, registration);
    if (!answer.ok()) {
      done(answer.status());
      return;
    }
    Executor& executor = (*pending)->executor();
    executor.Post(
        [timeout, pending = *pending, answer = *answer, done = std::move(done)]() mutable {
          auto finished = WithTimeout<std::string>(pending->executor(), timeout, std::move(done));
          pending->stream_->Submit(
              answer, Completion<bool>([finished, owner = OwnFor(pending, timeout),
                                        server = pending->server()](const auto& registered) {
                Disown(owner);
                (*finished)(registered.ok() ? absl::StatusOr<std::string>(server)
                                            : RegistrationError(registered.status()));
              }));
        });
  };
  if (id.empty()) {
    Open(server, Completion<PendingPtr>(std::move(submit)));
    return;
  }
  PendingPtr pending;
  {
    MutexLock lock(state_->mutex);
    const auto waiting = state_->waiting.find(id);
    if (waiting != state_->waiting.end()) {
      pending = std::move(waiting->second);
      state_->waiting.erase(waiting);
    }
  }
  if (pending == nullptr) {
    submit(RegistrationExpired());
  } else if (!server.empty() && server != pending->server()) {
    submit(Error(absl::StatusCode::kInvalidArgument, "BAD_SERVER",
                 absl::StrCat("`registration_id` is of ", pending->server())));
  } else {
    submit(std::move(pending));
  }
}

}  // namespace chatwire::xmpp
