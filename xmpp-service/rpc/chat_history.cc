// ChatService's calls about messages of the past.
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "xmpp-service/rpc/chat_service.h"
#include "xmpp-service/rpc/history_filter.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/history_proto.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<HistoryQuery> ToQuery(const v1::ListMessagesRequest& request) {
  HistoryQuery query;
  const absl::Status status = ReadHistoryFilter(request, query);
  if (!status.ok()) return status;
  query.peer = BareOf(query.peer);
  const auto page = ParsePage(request.page_size(), request.page_token());
  if (!page.ok()) return page.status();
  query.limit = page->limit;
  if (page->after.empty()) return query;
  const auto place = PlaceInOrder(page->after, query.newest_first);
  int64_t behind = 0;
  if (!place.ok()) return place.status();
  if (!absl::SimpleAtoi(*place, &behind)) return BadHistoryPage("`page_token` is of another list");
  query.behind = behind;
  return query;
}

absl::Status FillPage(const HistoryPage& page, bool newest_first,
                      v1::ListMessagesResponse& response) {
  for (const StoredMessage& stored : page.messages) {
    auto message = ToHistoryMessage(stored);
    if (!message.ok()) return message.status();
    *response.add_messages() = *std::move(message);
  }
  if (page.more) {
    response.set_next_page_token(
        OrderedPageToken(absl::StrCat(page.messages.back().event.sequence), newest_first));
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
