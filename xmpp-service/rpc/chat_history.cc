// ChatService's calls about messages of the past.
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/chat_service.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/event_codec.h"
#include "xmpp-service/wire/history_proto.h"

namespace chatwire::xmpp {
namespace {

absl::Status BadPage(absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PAGE", message);
}

/// A token holds for one direction only.
std::string TokenPrefix(bool newest_first) { return newest_first ? "n" : "o"; }

template <typename Request>
absl::StatusOr<bool> IsNewestFirst(const Request& request) {
  if (!v1::HistoryOrder_IsValid(request.order())) return BadPage("`order` is unknown");
  return request.order() != v1::HISTORY_ORDER_OLDEST_FIRST;
}

/// Reads the fields that are the same in both requests: `peer`, the times, the order.
template <typename Request, typename Query>
absl::Status ReadFilter(const Request& request, Query& query) {
  const auto newest_first = IsNewestFirst(request);
  if (!newest_first.ok()) return newest_first.status();
  query.newest_first = *newest_first;
  if (!request.peer().empty()) {
    const auto peer = Jid::Parse(request.peer());
    if (!peer.ok()) return peer.status();
    query.peer = peer->Bare();
  }
  if (request.has_start_time()) query.start = chatwire::FromProto(request.start_time());
  if (request.has_end_time()) query.end = chatwire::FromProto(request.end_time());
  if (query.start.has_value() && query.end.has_value() && *query.start > *query.end) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_TIME_RANGE",
                 "`start_time` is after `end_time`");
  }
  return absl::OkStatus();
}

absl::StatusOr<HistoryQuery> ToQuery(const v1::ListMessagesRequest& request) {
  HistoryQuery query;
  const absl::Status status = ReadFilter(request, query);
  if (!status.ok()) return status;
  const auto page = ParsePage(request.page_size(), request.page_token());
  if (!page.ok()) return page.status();
  query.limit = page->limit;
  if (page->after.empty()) return query;
  const std::string prefix = TokenPrefix(query.newest_first);
  int64_t behind = 0;
  if (page->after.rfind(prefix, 0) != 0 ||
      !absl::SimpleAtoi(page->after.substr(prefix.size()), &behind)) {
    return BadPage("`page_token` is not one of this list and order");
  }
  query.behind = behind;
  return query;
}

absl::Status FillPage(const HistoryPage& page, bool newest_first,
                      v1::ListMessagesResponse& response) {
  for (const StoredEvent& stored : page.events) {
    const auto event = DecodeEvent(stored);
    if (!event.ok()) return event.status();
    *response.add_messages() = ToHistoryMessage(*event);
  }
  if (page.more) {
    response.set_next_page_token(
        PageTokenAfter(absl::StrCat(TokenPrefix(newest_first), page.events.back().sequence)));
  }
  return absl::OkStatus();
}

}  // namespace

grpc::ServerUnaryReactor* ChatService::ListMessages(grpc::CallbackServerContext* context,
                                                    const v1::ListMessagesRequest* request,
                                                    v1::ListMessagesResponse* response) {
  auto account = AuthorizeAccount(*context, context_.tokens, scope::kChat, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto query = ToQuery(*request);
  if (!query.ok()) return Answer(context, query.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  query->account = *std::move(account);
  auto* reactor = context->DefaultReactor();
  const bool newest_first = query->newest_first;
  context_.history.List(*std::move(query),
                        Completion<HistoryPage>([reactor, response, newest_first](auto page) {
                          absl::Status status = page.status();
                          if (page.ok()) status = FillPage(*page, newest_first, *response);
                          reactor->Finish(ToGrpcStatus(status));
                        }));
  return reactor;
}

}  // namespace chatwire::xmpp
