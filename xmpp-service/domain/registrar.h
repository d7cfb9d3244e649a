#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRAR_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRAR_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "common/clock.h"
#include "common/completion.h"
#include "common/mutex.h"
#include "xmpp-service/domain/registration.h"

namespace chatwire::xmpp {

/// A form that waits to be answered.
struct OpenRegistration {
  std::string id;
  absl::Time expire_time;
  RegistrationForm form;
};

/// Registers accounts. Keeps the connection of a form until it is answered, or five minutes: what
/// a CAPTCHA asks for may be bound to it. Thread-safe.
class Registrar {
 public:
  static constexpr absl::Duration kLifetime = absl::Minutes(5);
  /// Most connections at a time.
  static constexpr size_t kMaximumOpen = 32;

  /// @p timeout: for each of connecting and registering.
  Registrar(RegistrationStreamFactory& streams, const Clock& clock, absl::Duration timeout);
  ~Registrar();

  /// The errors are those of GetRegistrationForm.
  void GetForm(const std::string& server, Completion<OpenRegistration> done);

  /// Registers on the connection @p id, or, if that is empty, on a new one to @p server. The result
  /// is the server's domain. The errors are those of Register.
  void Register(const std::string& id, const std::string& server, Registration registration,
                Completion<std::string> done);

 private:
  class Pending;
  using PendingPtr = std::shared_ptr<Pending>;
  struct State;

  /// Keeps @p pending until Disown, at most for @p timeout. On its executor.
  static std::weak_ptr<PendingPtr> OwnFor(const PendingPtr& pending, absl::Duration timeout);
  static PendingPtr Disown(const std::weak_ptr<PendingPtr>& owner);

  /// Connects; the connection is not in the map yet.
  void Open(const std::string& server, Completion<PendingPtr> done);

  RegistrationStreamFactory& streams_;
  const Clock& clock_;
  const absl::Duration timeout_;
  /// Outlives the registrar in what the executors still hold.
  const std::shared_ptr<State> state_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRAR_H_
