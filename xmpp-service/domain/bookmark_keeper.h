#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_KEEPER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_KEEPER_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/bookmark_port.h"
#include "xmpp-service/domain/bookmark_store.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/room_keeper.h"

namespace chatwire::xmpp {

/// Tells what happens to an account's bookmarks and, where that is wanted, enters and leaves rooms
/// as they say (XEP-0402, "Bookmark Notifications"). Lives on the account's executor.
class BookmarkKeeper final : public BookmarkListener {
 public:
  /// @p rooms outlives it.
  BookmarkKeeper(std::string account, BookmarkStore& store, RoomKeeper& rooms, Executor& executor,
                 std::function<void(EventPayload)> journal);

  /// Takes over what is stored; before the first OnUp.
  void Load(Completion<bool> done);

  /// As RoomKeeper::OnUp, and after that.
  void OnUp(BookmarkPort* port, bool resumed);
  void OnDown();

  bool autojoin() const { return plan_.autojoin; }
  /// Completes when that is stored.
  void SetAutojoin(bool autojoin, Completion<bool> done);

  // BookmarkListener.
  void OnBookmarkSet(SecretBookmark bookmark) override;
  void OnBookmarkRemoved(const std::string& room) override;
  void OnBookmarksCleared() override;

 private:
  void Read();
  void OnList(const std::vector<SecretBookmark>& bookmarks);
  void Tell(const Bookmark& bookmark);
  void TellRemoved(const std::string& room);
  /// Enters or leaves as @p bookmark says. True: the plan has changed.
  bool Follow(const SecretBookmark& bookmark);
  bool Unfollow(const std::string& room);
  void SavePlan(Completion<bool> done);

  const std::string account_;
  BookmarkStore& store_;
  RoomKeeper& rooms_;
  std::function<void(EventPayload)> journal_;
  BookmarkPlan plan_;
  BookmarkPort* port_ = nullptr;
  /// Counts streams, so that late answers do no harm.
  int stream_ = 0;
  /// As last told, by room. Not set: nothing has been read yet.
  std::optional<std::map<std::string, Bookmark>> known_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BOOKMARK_KEEPER_H_
