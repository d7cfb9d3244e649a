#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_OFFER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_OFFER_H_

#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "xmpp-service/domain/command.h"

namespace chatwire::xmpp {

/// Who may see and run commands.
enum class CommandAudience { kContacts = 1, kListed = 2, kEverybody = 3 };

/// Commands that a program offers in the name of an account.
struct CommandOffer {
  static constexpr size_t kMaximumCommands = 50;
  static constexpr size_t kMaximumAllowed = 1000;

  std::string account;
  std::vector<Command> commands;
  CommandAudience audience = CommandAudience::kContacts;
  /// Bare JIDs and domains.
  std::set<std::string> allowed;
  absl::Duration answer_timeout = absl::Seconds(20);

  /// @p from: full JID, as the server stamped it.
  bool Allows(const std::string& from, bool is_contact) const;
};

/// A step of somebody, for the program to answer.
struct CommandRequest {
  std::string session_id;
  int step = 0;
  bool from_contact = false;
  /// With the action that is meant.
  CommandStep what;
};

/// Why a run of a command ended without an answer.
enum class CommandEndReason { kCanceled = 1, kAnswerTimeout = 2, kIdle = 3 };

/// The program that offers commands. Called on any thread, without a lock.
class CommandProgram {
 public:
  virtual ~CommandProgram() = default;

  virtual void OnRequested(CommandRequest request) = 0;
  virtual void OnEnded(const std::string& session_id, const std::string& node,
                       CommandEndReason reason) = 0;
  /// Somebody else offers all of its commands now.
  virtual void OnReplaced() = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_COMMAND_OFFER_H_
