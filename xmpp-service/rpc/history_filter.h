#ifndef CHATWIRE_XMPP_SERVICE_RPC_HISTORY_FILTER_H_
#define CHATWIRE_XMPP_SERVICE_RPC_HISTORY_FILTER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/rpc/paging.h"

namespace chatwire::xmpp {

/// What the requests for messages of the past have in common.

inline absl::Status BadHistoryPage(absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PAGE", message);
}

/// The token of the page behind @p place. It holds for one order only.
inline std::string OrderedPageToken(const std::string& place, bool newest_first) {
  return PageTokenAfter((newest_first ? "n" : "o") + place);
}

/// The place in what a page token held. Errors: INVALID_ARGUMENT/BAD_PAGE.
inline absl::StatusOr<std::string> PlaceInOrder(const std::string& held, bool newest_first) {
  if (held.empty() || held[0] != (newest_first ? 'n' : 'o')) {
    return BadHistoryPage("`page_token` is of another list or order");
  }
  return held.substr(1);
}

/// Reads `order`, `peer`, `start_time` and `end_time` into the members of @p query.
/// Errors: INVALID_ARGUMENT with BAD_PAGE, BAD_JID, BAD_TIME_RANGE.
template <typename Request, typename Query>
absl::Status ReadHistoryFilter(const Request& request, Query& query) {
  if (!v1::HistoryOrder_IsValid(request.order())) return BadHistoryPage("`order` is unknown");
  query.newest_first = request.order() != v1::HISTORY_ORDER_OLDEST_FIRST;
  if (!request.peer().empty()) {
    const auto peer = Jid::Parse(request.peer());
    if (!peer.ok()) return peer.status();
    query.peer = peer->Full();
  }
  if (request.has_start_time()) query.start = chatwire::FromProto(request.start_time());
  if (request.has_end_time()) query.end = chatwire::FromProto(request.end_time());
  if (query.start.has_value() && query.end.has_value() && *query.start > *query.end) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_TIME_RANGE",
                 "`start_time` is after `end_time`");
  }
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_HISTORY_FILTER_H_
