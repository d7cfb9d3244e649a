#ifndef CHATWIRE_CLI_CHAT_CHAT_MESSAGE_H_
#define CHATWIRE_CLI_CHAT_CHAT_MESSAGE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace chatwire::cli {

/// How far a message of this account has come. A later one never goes back to an earlier one.
enum class Delivery {
  /// Not a message of this account, or not known.
  kNone,
  /// On its way to the service.
  kSending,
  /// In the service's journal: it will be sent.
  kAccepted,
  /// The server, or the room, has it.
  kServer,
  /// A client of the recipient has it (XEP-0184).
  kReceived,
  /// It was shown to the recipient (XEP-0333).
  kDisplayed,
  kFailed,
};

/// One entry of a conversation.
struct ChatMessage {
  enum class Kind {
    kText,
    /// A line of the program about what happened.
    kNotice,
    kError,
  };

  Kind kind = Kind::kText;
  /// Position in the service's log; 0 when it is not there, or not yet.
  int64_t sequence = 0;
  /// The sender's id for it, and the one that a room gave it. Each may be empty.
  std::string id;
  std::string stanza_id;
  /// The one that an archive gave it. May be empty.
  std::string archive_id;
  /// The `request_id` of what is being sent. Empty else.
  std::string request_id;
  /// It comes from the server's archive, and is older than the service's log.
  bool archived = false;
  /// Who wrote it, as it shows.
  std::string author;
  bool own = false;
  std::string text;
  absl::Time time;
  Delivery delivery = Delivery::kNone;
  /// Why it failed.
  std::string failure;
  bool edited = false;
  bool retracted = false;
  /// The sender wants to know when it was shown, and may know that somebody is here.
  bool wants_marker = false;
  /// What somebody thinks of it, by who it is.
  std::map<std::string, std::vector<std::string>> reactions;

  /// Given by the conversation: different for each entry, and where it stands among the others.
  int64_t uid = 0;
  int64_t order = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_MESSAGE_H_
