#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRATION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRATION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// What a server asks of somebody who registers an account (XEP-0077, section 3.1). By a stranger,
/// and bounded.
struct RegistrationForm {
  std::string instructions;
  /// Of a web page on which to register instead. May be empty.
  std::string url;
  /// Without a data form: name and type of each field.
  std::vector<FormField> fields;
  std::optional<DataForm> form;
};

/// What somebody answers.
struct Registration {
  std::string username;
  std::string password;
  /// Of the other fields.
  std::vector<FormField> answers;
};

/// The data form to send, or, where the server asks without one, the fields.
/// Errors: INVALID_ARGUMENT/BAD_FORM when something is answered that was not asked.
absl::StatusOr<RegistrationForm> AnswerTo(const RegistrationForm& asked,
                                          const Registration& registration);

/// What a caller is told when the server refuses a registration: the reasons of
/// AccountService.Register in place of those of the stanza error. Other errors stay as they are.
absl::Status RegistrationError(const absl::Status& answer);

absl::Status RegistrationClosed(const std::string& server);
absl::Status RegistrationExpired();

/// One connection to a server on which nobody is signed in. Lives on one executor: made, called and
/// destroyed there, and completions run there.
class RegistrationStream {
 public:
  virtual ~RegistrationStream() = default;

  /// Connects, and asks what is wanted. Once. No time limit.
  /// Errors: those of GetRegistrationForm.
  virtual void Open(Completion<RegistrationForm> done) = 0;

  /// Registers with what AnswerTo has made. No time limit.
  /// Errors: REGISTRATION_EXPIRED when the connection is gone, those of an XMPP answer.
  virtual void Submit(const RegistrationForm& answer, Completion<bool> done) = 0;
};

/// Makes them. Thread-safe.
class RegistrationStreamFactory {
 public:
  virtual ~RegistrationStreamFactory() = default;

  /// The thread for one more. Lives as long as the factory.
  virtual Executor& NextRegistrationExecutor() = 0;

  /// Call on the executor. @p server: domain.
  virtual std::unique_ptr<RegistrationStream> MakeRegistration(const std::string& server) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_REGISTRATION_H_
