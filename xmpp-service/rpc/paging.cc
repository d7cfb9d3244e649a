#include "xmpp-service/rpc/paging.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

constexpr int32_t kDefaultSize = 100;
constexpr int32_t kMaximumSize = 1000;
constexpr char kPrefix[] = "v1:";

}  // namespace

absl::StatusOr<Page> ParsePage(int32_t page_size, const std::string& page_token) {
  if (page_size < 0) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_PAGE", "`page_size` is negative");
  }
  Page page;
  page.limit =
      static_cast<size_t>(page_size == 0 ? kDefaultSize : std::min(page_size, kMaximumSize));
  if (page_token.empty()) return page;
  std::string text;
  if (!absl::WebSafeBase64Unescape(page_token, &text) || !absl::StartsWith(text, kPrefix)) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_PAGE",
                 "`page_token` is not one that this service has given");
  }
  page.after = text.substr(sizeof(kPrefix) - 1);
  return page;
}

std::string PageTokenAfter(const std::string& last) {
  return absl::WebSafeBase64Escape(absl::StrCat(kPrefix, last));
}

}  // namespace chatwire::xmpp
