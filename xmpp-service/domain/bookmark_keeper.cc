#include "xmpp-service/domain/bookmark_keeper.h"

#include <utility>

#include "absl/log/log.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kReadAgainAfter = absl::Minutes(1);
constexpr absl::Duration kCertainlyTold = absl::Seconds(10);

}  // namespace

BookmarkKeeper::BookmarkKeeper(std::string account, BookmarkStore& store, RoomKeeper& rooms,
                               Executor& executor, std::function<void(EventPayload)> journal)
    : account_(std::move(account)),
      store_(store),
      rooms_(rooms),
      journal_(std::move(journal)),
      lifeline_(executor) {}

void BookmarkKeeper::Load(Completion<bool> done) {
  store_.Load(account_,
              lifeline_.Bind<BookmarkPlan>(
                  [this, done = std::move(done)](absl::StatusOr<BookmarkPlan> plan) mutable {
                    if (!plan.ok()) {
                      done(plan.status());
                      return;
                    }
                    plan_ = *std::move(plan);
                    done(true);
                  }));
}

void BookmarkKeeper::OnUp(BookmarkPort* port, bool resumed) {
  ++stream_;
  port_ = port;
  if (port == nullptr) return;
  port->SetListener(this);
  // On a stream that goes on nothing was missed.
  if (resumed && known_.has_value()) return;
  Read();
  // The server has to ask what this session wants to be told (XEP-0115); until then it tells
  // nothing.
  lifeline_.After(kCertainlyTold, [this, stream = stream_] {
    if (stream == stream_ && port_ != nullptr) Read();
  });
}

void BookmarkKeeper::OnDown() {
  ++stream_;
  port_ = nullptr;
}

void BookmarkKeeper::Read() {
  port_->List(lifeline_.Bind<std::vector<SecretBookmark>>(
      [this, stream = stream_](const absl::StatusOr<std::vector<SecretBookmark>>& bookmarks) {
        if (stream != stream_ || port_ == nullptr) return;
        if (bookmarks.ok()) {
          OnList(*bookmarks);
          return;
        }
        // Not worth a word where nobody relies on it: many servers keep no bookmarks.
        if (plan_.autojoin) {
          LOG(WARNING) << account_ << ": the bookmarks cannot be read: " << bookmarks.status();
        }
        if (absl::IsFailedPrecondition(bookmarks.status())) return;
        lifeline_.After(kReadAgainAfter, [this, stream] {
          if (stream == stream_ && port_ != nullptr) Read();
        });
      }));
}

void BookmarkKeeper::OnList(const std::vector<SecretBookmark>& bookmarks) {
  std::map<std::string, Bookmark> now;
  for (const SecretBookmark& bookmark : bookmarks) {
    now.emplace(bookmark.bookmark.room, bookmark.bookmark);
  }
  if (known_.has_value()) {
    const auto before = *known_;
    for (const auto& [room, bookmark] : before) {
      if (now.count(room) == 0) TellRemoved(room);
    }
    for (const auto& [room, bookmark] : now) Tell(bookmark);
  }
  known_ = std::move(now);
  if (!plan_.autojoin) return;
  bool changed = false;
  const auto followed = plan_.rooms;
  for (const auto& [room, entered] : followed) {
    if (known_->count(room) == 0) changed |= Unfollow(room);
  }
  for (const SecretBookmark& bookmark : bookmarks) changed |= Follow(bookmark);
  if (changed) SavePlan(Completion<bool>());
}

void BookmarkKeeper::Tell(const Bookmark& bookmark) {
  const auto before = known_->find(bookmark.room);
  // Servers repeat themselves.
  if (before != known_->end() && before->second == bookmark) return;
  (*known_)[bookmark.room] = bookmark;
  journal_(BookmarkChanged{bookmark, false});
}

void BookmarkKeeper::TellRemoved(const std::string& room) {
  if (known_->erase(room) == 0) return;
  Bookmark gone;
  gone.room = room;
  journal_(BookmarkChanged{std::move(gone), true});
}

void BookmarkKeeper::OnBookmarkSet(SecretBookmark bookmark) {
  // Else it is in the list that is on its way.
  if (!known_.has_value()) return;
  const bool full = known_->size() >= kMaximumBookmarks;
  if (full && known_->count(bookmark.bookmark.room) == 0) return;
  Tell(bookmark.bookmark);
  if (plan_.autojoin && Follow(bookmark)) SavePlan(Completion<bool>());
}

void BookmarkKeeper::OnBookmarkRemoved(const std::string& room) {
  if (!known_.has_value()) return;
  TellRemoved(room);
  if (plan_.autojoin && Unfollow(room)) SavePlan(Completion<bool>());
}

void BookmarkKeeper::OnBookmarksCleared() {
  if (known_.has_value()) OnList({});
}

bool BookmarkKeeper::Follow(const SecretBookmark& bookmark) {
  const std::string& room = bookmark.bookmark.room;
  if (!bookmark.bookmark.autojoin) return Unfollow(room);
  // Who has left the room since does not want to be brought back.
  if (plan_.rooms.count(room) > 0) return false;
  const bool enters = !rooms_.Knows(room);
  if (enters) {
    const absl::Status begun = rooms_.Follow(room, bookmark.bookmark.nick, bookmark.password);
    if (!begun.ok()) {
      LOG(WARNING) << account_ << ": does not enter " << room << ": " << begun.message();
      return false;
    }
  }
  plan_.rooms[room] = enters;
  return true;
}

bool BookmarkKeeper::Unfollow(const std::string& room) {
  const auto followed = plan_.rooms.find(room);
  if (followed == plan_.rooms.end()) return false;
  if (followed->second && rooms_.Knows(room)) rooms_.Leave(room, Completion<bool>());
  plan_.rooms.erase(followed);
  return true;
}

void BookmarkKeeper::SetAutojoin(bool autojoin, Completion<bool> done) {
  plan_.autojoin = autojoin;
  // Whoever says it anew wants to be in all of them.
  for (auto it = plan_.rooms.begin(); it != plan_.rooms.end();) {
    it = autojoin && rooms_.Knows(it->first) ? std::next(it) : plan_.rooms.erase(it);
  }
  SavePlan(std::move(done));
  if (autojoin && port_ != nullptr) Read();
}

void BookmarkKeeper::SavePlan(Completion<bool> done) {
  store_.Save(account_, plan_,
              Completion<bool>([account = account_,
                                done = std::move(done)](const absl::StatusOr<bool>& saved) mutable {
                if (!saved.ok()) {
                  LOG(ERROR) << account
                             << ": what to do about bookmarks cannot be stored: " << saved.status();
                }
                done(saved);
              }));
}

}  // namespace chatwire::xmpp
