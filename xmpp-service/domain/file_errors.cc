#include "xmpp-service/domain/file_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

absl::Status HttpError(absl::StatusCode code, const char* reason, int64_t status) {
  return MakeError(code, {"xmpp.chatwire", reason},
                   absl::StrCat("the web server answered with status ", status),
                   {{"httpStatus", absl::StrCat(status)}});
}

}  // namespace

absl::Status FileTooLarge(int64_t maximum_bytes) {
  return MakeError(absl::StatusCode::kFailedPrecondition, {"xmpp.chatwire", "FILE_TOO_LARGE"},
                   absl::StrCat("the file is too large; at most ", maximum_bytes, " bytes"),
                   {{"maximumBytes", absl::StrCat(maximum_bytes)}});
}

absl::Status NoUploadService() {
  return Error(absl::StatusCode::kFailedPrecondition, "NO_UPLOAD_SERVICE",
               "the account's server offers no HTTP file upload (XEP-0363)");
}

absl::Status BadUploadSlot() {
  return Error(absl::StatusCode::kFailedPrecondition, "BAD_UPLOAD_SLOT",
               "the account's server gave no usable URLs to upload to");
}

absl::Status TransferStalled(absl::string_view who) {
  return Error(absl::StatusCode::kDeadlineExceeded, "TRANSFER_STALLED",
               absl::StrCat(who, " has moved no byte for too long"));
}

absl::Status SpoolFailed(absl::string_view what) {
  return Error(absl::StatusCode::kResourceExhausted, "SPOOL_FAILED",
               absl::StrCat("the service's disk did not take the file: ", what));
}

absl::Status BadUrl(absl::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_URL", what);
}

absl::Status UrlNotAllowed() {
  return Error(absl::StatusCode::kPermissionDenied, "URL_NOT_ALLOWED",
               "only https is allowed, for the URL and for what it redirects to");
}

absl::Status AddressNotAllowed() {
  return Error(absl::StatusCode::kPermissionDenied, "ADDRESS_NOT_ALLOWED",
               "the host's address is not on the public internet; the operator may allow that with "
               "--file_allow_private_addresses");
}

absl::Status HttpTlsFailed(absl::string_view what) {
  return Error(absl::StatusCode::kFailedPrecondition, "HTTP_TLS_FAILED",
               absl::StrCat("no safe connection to the web server: ", what));
}

absl::Status HttpUnreachable(absl::string_view what) {
  return Error(absl::StatusCode::kUnavailable, "HTTP_UNREACHABLE",
               absl::StrCat("the web server cannot be reached: ", what));
}

absl::Status HttpBroken(absl::string_view what) {
  return Error(absl::StatusCode::kUnavailable, "HTTP_BROKEN",
               absl::StrCat("the transfer broke: ", what));
}

absl::Status HttpRedirects() {
  return Error(absl::StatusCode::kFailedPrecondition, "HTTP_REDIRECTS",
               "the web server redirects too often");
}

absl::Status HttpStatusError(int64_t status) {
  if (status == 404 || status == 410) {
    return HttpError(absl::StatusCode::kNotFound, "HTTP_NOT_FOUND", status);
  }
  if (status == 408 || status == 429 || status >= 500) {
    return HttpError(absl::StatusCode::kUnavailable, "HTTP_OVERLOADED", status);
  }
  return HttpError(absl::StatusCode::kFailedPrecondition, "HTTP_REFUSED", status);
}

}  // namespace chatwire::xmpp
