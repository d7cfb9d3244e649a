#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_WEB_URL_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_WEB_URL_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Longest URL that is sent, fetched or reported.
inline constexpr size_t kMaximumUrlBytes = 4096;

/// Whether @p url may be asked for: absolute, https (or http with @p allow_http), with a host and
/// without a user name, ASCII as RFC 3986 wants it.
/// Errors: INVALID_ARGUMENT/BAD_URL, PERMISSION_DENIED/URL_NOT_ALLOWED.
absl::Status CheckUrl(absl::string_view url, bool allow_http);

/// Whether @p url is an http or https URL that is worth being told to somebody.
bool IsWebUrl(absl::string_view url);

/// The last part of the URL's path, decoded, as a safe file name; may be empty.
std::string FileNameOfUrl(absl::string_view url);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_WEB_URL_H_
