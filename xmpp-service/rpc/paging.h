#ifndef CHATWIRE_XMPP_SERVICE_RPC_PAGING_H_
#define CHATWIRE_XMPP_SERVICE_RPC_PAGING_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire::xmpp {

/// Which entries a list call wants: those with a key above `after`, at most `limit` (AIP-158).
struct Page {
  std::string after;
  size_t limit;
};

/// Errors: INVALID_ARGUMENT/BAD_PAGE.
absl::StatusOr<Page> ParsePage(int32_t page_size, const std::string& page_token);

/// The token of the page after the entry with the key @p last.
std::string PageTokenAfter(const std::string& last);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_PAGING_H_
