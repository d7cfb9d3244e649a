#include "xmpp-service/rpc/bookmark_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/bookmark_keeper.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/bookmark_proto.h"

namespace chatwire::xmpp {
namespace {

using Bookmarks = std::vector<SecretBookmark>;

absl::Status CheckText(const std::string& text, const char* reason, const char* field) {
  if (text.size() <= kMaximumBookmarkTextBytes && IsXmlText(text)) return absl::OkStatus();
  return Error(
      absl::StatusCode::kInvalidArgument, reason,
      absl::StrCat("`", field, "` is over 1,024 bytes or has a character that XML cannot carry"));
}

absl::StatusOr<BookmarkWish> ReadWish(const v1::SetBookmarkRequest& request) {
  if (!IsUuid(request.request_id())) return BadRequestId();
  BookmarkWish wish;
  const auto room = ParseRoom(request.bookmark().room());
  if (!room.ok()) return room.status();
  wish.bookmark = ToDomain(request.bookmark());
  wish.bookmark.room = *room;
  if (request.has_password()) wish.password = request.password();
  absl::Status valid;
  if (!wish.bookmark.nick.empty()) valid.Update(CheckNick(wish.bookmark.nick));
  valid.Update(CheckText(wish.bookmark.name, "BAD_NAME", "bookmark.name"));
  valid.Update(CheckText(request.password(), "BAD_PASSWORD", "password"));
  if (!valid.ok()) return valid;
  return wish;
}

/// Asks the session's bookmarks, which sessions in tests may not have.
template <typename Result, typename Ask>
void AskBookmarks(Session& session, Completion<Result> done, Ask ask) {
  BookmarkPort* bookmarks = session.ports().bookmarks;
  if (bookmarks == nullptr) {
    done(Error(absl::StatusCode::kFailedPrecondition, "BOOKMARKS_UNSUPPORTED",
               "the session has no bookmarks"));
  } else {
    ask(*bookmarks, std::move(done));
  }
}

/// Asks what the account does about its bookmarks, with a session or without.
template <typename Result, typename Ask, typename Fill>
grpc::ServerUnaryReactor* AskKeeper(grpc::CallbackServerContext* context,
                                    const ServiceContext& services, const std::string& account,
                                    Ask ask, Fill fill) {
  const auto agent = services.accounts.Find(account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  Completion<Result> done([reactor, fill = std::move(fill)](absl::StatusOr<Result> result) mutable {
    const absl::Status status = result.status();
    if (result.ok()) fill(*std::move(result));
    reactor->Finish(ToGrpcStatus(status));
  });
  (*agent)->UseBookmarks(
      [ask = std::move(ask), done = std::move(done)](BookmarkKeeper& bookmarks) mutable {
        ask(bookmarks, std::move(done));
      });
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* BookmarkService::ListBookmarks(grpc::CallbackServerContext* context,
                                                         const v1::ListBookmarksRequest* request,
                                                         v1::ListBookmarksResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  return AskSession<Bookmarks>(
      context, context_, scope::kRoom, *account,
      [](Session& session, Completion<Bookmarks> done) {
        AskBookmarks(session, std::move(done),
                     [](BookmarkPort& bookmarks, auto next) { bookmarks.List(std::move(next)); });
      },
      [response, page = *page](const Bookmarks& all) {
        auto next = std::upper_bound(all.begin(), all.end(), page.after,
                                     [](const std::string& after, const SecretBookmark& bookmark) {
                                       return after < bookmark.bookmark.room;
                                     });
        for (size_t i = 0; i < page.limit && next != all.end(); ++i, ++next) {
          *response->add_bookmarks() = ToProto(next->bookmark);
        }
        if (next != all.end()) {
          response->set_next_page_token(PageTokenAfter(std::prev(next)->bookmark.room));
        }
      });
}

grpc::ServerUnaryReactor* BookmarkService::SetBookmark(grpc::CallbackServerContext* context,
                                                       const v1::SetBookmarkRequest* request,
                                                       v1::SetBookmarkResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto wish = ReadWish(*request);
  if (!wish.ok()) return Answer(context, wish.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, *account,
      [wish = *std::move(wish)](Session& session, Completion<bool> done) {
        AskBookmarks(session, std::move(done), [&wish](BookmarkPort& bookmarks, auto next) {
          bookmarks.Set(wish, std::move(next));
        });
      },
      [](bool) {});
}

grpc::ServerUnaryReactor* BookmarkService::RemoveBookmark(grpc::CallbackServerContext* context,
                                                          const v1::RemoveBookmarkRequest* request,
                                                          v1::RemoveBookmarkResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto room = ParseRoom(request->room());
  if (!room.ok()) return Answer(context, room.status());
  if (!IsUuid(request->request_id())) return Answer(context, BadRequestId());
  return AskSession<bool>(
      context, context_, scope::kRoom, *account,
      [room = *room](Session& session, Completion<bool> done) {
        AskBookmarks(session, std::move(done), [&room](BookmarkPort& bookmarks, auto next) {
          bookmarks.Remove(room, std::move(next));
        });
      },
      [](bool) {});
}

grpc::ServerUnaryReactor* BookmarkService::GetBookmarkPolicy(
    grpc::CallbackServerContext* context, const v1::GetBookmarkPolicyRequest* request,
    v1::GetBookmarkPolicyResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  return AskKeeper<bool>(
      context, context_, *account,
      [](BookmarkKeeper& bookmarks, Completion<bool> done) { done(bookmarks.autojoin()); },
      [response](bool autojoin) { response->mutable_policy()->set_autojoin(autojoin); });
}

grpc::ServerUnaryReactor* BookmarkService::SetBookmarkPolicy(
    grpc::CallbackServerContext* context, const v1::SetBookmarkPolicyRequest* request,
    v1::SetBookmarkPolicyResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  if (!IsUuid(request->request_id())) return Answer(context, BadRequestId());
  return AskKeeper<bool>(
      context, context_, *account,
      [autojoin = request->policy().autojoin()](BookmarkKeeper& bookmarks, Completion<bool> done) {
        bookmarks.SetAutojoin(autojoin, std::move(done));
      },
      [](bool) {});
}

}  // namespace chatwire::xmpp
