#ifndef CHATWIRE_XMPP_SERVICE_HTTP_CURL_OPTIONS_H_
#define CHATWIRE_XMPP_SERVICE_HTTP_CURL_OPTIONS_H_

#include <functional>
#include <string>

#include "absl/time/time.h"
#include "xmpp-service/domain/internet_address.h"

namespace chatwire::xmpp {

/// What the operator allows transfers to do.
struct CurlOptions {
  /// Authorities to trust besides the system's. Empty: none.
  std::string ca_file;
  bool allow_http = false;
  /// Which addresses may be connected to, whatever name or redirect led there.
  std::function<bool(const IpAddress&)> allows_address = IsPublic;
  absl::Duration connect_timeout = absl::Seconds(20);
  /// Most time without a byte.
  absl::Duration stall_timeout = absl::Seconds(60);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_HTTP_CURL_OPTIONS_H_
