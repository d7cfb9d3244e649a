#include "xmpp-service/rpc/blocking_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/blocking_port.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"

namespace chatwire::xmpp {
namespace {

using Jids = std::vector<std::string>;

constexpr int kMaximumJids = 100;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

/// The JIDs of a request that changes the list.
template <typename Request>
absl::StatusOr<Jids> ReadChange(const Request& request) {
  if (!IsUuid(request.request_id())) {
    return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
  }
  if (request.jids_size() > kMaximumJids) {
    return Invalid("BAD_JID_COUNT", absl::StrCat("at most ", kMaximumJids, " JIDs in one call"));
  }
  Jids jids;
  for (const std::string& text : request.jids()) {
    const auto jid = Jid::Parse(text);
    if (!jid.ok()) return jid.status();
    jids.push_back(jid->Full());
  }
  return jids;
}

absl::StatusOr<Jids> ReadBlock(const v1::BlockRequest& request, const std::string& account) {
  auto jids = ReadChange(request);
  if (!jids.ok()) return jids;
  if (jids->empty()) return Invalid("BAD_JID_COUNT", "`jids` is empty");
  for (const std::string& jid : *jids) {
    if (BareOf(jid) == account) return Invalid("BAD_JID", "an account cannot block itself");
  }
  return jids;
}

absl::StatusOr<Jids> ReadUnblock(const v1::UnblockRequest& request) {
  auto jids = ReadChange(request);
  if (jids.ok() && jids->empty() != request.all()) {
    return Invalid("BAD_JID_COUNT", "give either `jids` or `all`");
  }
  return jids;
}

/// Asks the session's block list, which sessions in tests may not have.
template <typename Result, typename Ask>
void AskBlocking(Session& session, Completion<Result> done, Ask ask) {
  BlockingPort* blocking = session.ports().blocking;
  if (blocking == nullptr) {
    done(Error(absl::StatusCode::kUnimplemented, "NO_BLOCKING", "the session has no block list"));
  } else {
    ask(*blocking, std::move(done));
  }
}

}  // namespace

grpc::ServerUnaryReactor* BlockingService::ListBlocked(grpc::CallbackServerContext* context,
                                                       const v1::ListBlockedRequest* request,
                                                       v1::ListBlockedResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoster, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  return AskSession<Jids>(
      context, context_, scope::kRoster, *account,
      [](Session& session, Completion<Jids> done) {
        AskBlocking(session, std::move(done), [](BlockingPort& blocking, auto next) {
          blocking.ListBlocked(std::move(next));
        });
      },
      [response, page = *page](const Jids& jids) {
        auto jid = page.after.empty() ? jids.begin()
                                      : std::upper_bound(jids.begin(), jids.end(), page.after);
        for (size_t i = 0; i < page.limit && jid != jids.end(); ++i) response->add_jids(*jid++);
        if (jid != jids.end()) response->set_next_page_token(PageTokenAfter(*std::prev(jid)));
      });
}

grpc::ServerUnaryReactor* BlockingService::Block(grpc::CallbackServerContext* context,
                                                 const v1::BlockRequest* request,
                                                 v1::BlockResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoster, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto jids = ReadBlock(*request, *account);
  if (!jids.ok()) return Answer(context, jids.status());
  return AskSession<bool>(
      context, context_, scope::kRoster, *account,
      [jids = *jids](Session& session, Completion<bool> done) {
        AskBlocking(session, std::move(done), [&jids](BlockingPort& blocking, auto next) {
          blocking.Block(jids, std::move(next));
        });
      },
      [](bool) {});
}

grpc::ServerUnaryReactor* BlockingService::Unblock(grpc::CallbackServerContext* context,
                                                   const v1::UnblockRequest* request,
                                                   v1::UnblockResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoster, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto jids = ReadUnblock(*request);
  if (!jids.ok()) return Answer(context, jids.status());
  return AskSession<bool>(
      context, context_, scope::kRoster, *account,
      [jids = *jids](Session& session, Completion<bool> done) {
        AskBlocking(session, std::move(done), [&jids](BlockingPort& blocking, auto next) {
          blocking.Unblock(jids, std::move(next));
        });
      },
      [](bool) {});
}

}  // namespace chatwire::xmpp
