#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_FOR_EACH_IN_ORDER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_FOR_EACH_IN_ORDER_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/completion.h"

namespace chatwire::xmpp {

/// How one of several things went.
struct ItemResult {
  std::string jid;
  absl::Status status;
};

/// Does something for each of @p jids in order, one after the other, and tells how each went. Stops
/// when nobody can be asked any more (SESSION_OFFLINE, NO_ANSWER, or an error without a reason):
/// that is the error of the whole.
void ForEachInOrder(std::vector<std::string> jids,
                    std::function<void(size_t index, Completion<bool>)> step,
                    Completion<std::vector<ItemResult>> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_FOR_EACH_IN_ORDER_H_
