#ifndef CHATWIRE_CLI_CHAT_LOADER_H_
#define CHATWIRE_CLI_CHAT_LOADER_H_

#include <functional>
#include <string>

#include "cli/chat/archive_loader.h"
#include "cli/chat/chat_context.h"
#include "cli/chat/event_applier.h"

namespace chatwire::cli {

/// Asks the service for what stands already: contacts, rooms, messages of the past.
class Loader {
 public:
  /// Both must outlive this.
  Loader(const ChatContext& context, EventApplier& applier)
      : context_(context), applier_(applier), archive_(context) {}

  /// Contacts, joined rooms, and the newest messages of all conversations; then @p done.
  void LoadAll(std::function<void()> done);

  /// The newest page of a conversation, the first time, and who is in it.
  void LoadNewest(Conversation& conversation);

  /// The page before what is there, if there is one: of the service's log, and then of the archive.
  void LoadOlder(Conversation& conversation);

  void LoadPeople(Conversation& room);

 private:
  void LoadContacts(const std::string& page, std::function<void()> done);
  void LoadRooms(const std::string& page, std::function<void()> done);
  void LoadRecent(std::function<void()> done);
  void LoadPage(Conversation& conversation, const std::string& page);
  void LoadPeoplePage(const std::string& room, const std::string& page);

  const ChatContext& context_;
  EventApplier& applier_;
  ArchiveLoader archive_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_LOADER_H_
