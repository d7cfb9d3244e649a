#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_ERRORS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_ERRORS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

// The errors of FileService that more than one place returns; see proto/chatwire/xmpp/v1.

absl::Status FileTooLarge(int64_t maximum_bytes);
absl::Status NoUploadService();
absl::Status BadUploadSlot();
absl::Status TransferStalled(absl::string_view who);
absl::Status SpoolFailed(absl::string_view what);

absl::Status BadUrl(absl::string_view what);
absl::Status UrlNotAllowed();
absl::Status AddressNotAllowed();
absl::Status HttpTlsFailed(absl::string_view what);
absl::Status HttpUnreachable(absl::string_view what);
absl::Status HttpBroken(absl::string_view what);
absl::Status HttpRedirects();

/// What a web server's status other than 2xx means.
absl::Status HttpStatusError(int64_t status);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_ERRORS_H_
