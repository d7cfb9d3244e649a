#ifndef CHATWIRE_XMPP_SERVICE_FILE_OPTIONS_H_
#define CHATWIRE_XMPP_SERVICE_FILE_OPTIONS_H_

#include <cstddef>

#include "xmpp-service/domain/file_send.h"
#include "xmpp-service/http/curl_options.h"

namespace chatwire::xmpp {

/// What the operator allows of files.
struct FileOptions {
  FileRules rules;
  CurlOptions http;
  size_t transfers_per_account = 4;
  size_t transfers = 32;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_FILE_OPTIONS_H_
