#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ATTACHMENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ATTACHMENT_H_

#include <cstddef>
#include <string>
#include <vector>

namespace chatwire::xmpp {

/// Most attachments of one message that are told.
inline constexpr size_t kMaximumAttachments = 10;

/// A file that a message tells of (XEP-0066).
struct Attachment {
  std::string url;
  std::string description;
  /// Guessed from the URL.
  std::string file_name = {};
  std::string media_type = {};
};

/// What is told of attachments of which only URLs and descriptions are known, as they came: those
/// with a URL of the web, bounded, with name and type.
std::vector<Attachment> Described(const std::vector<Attachment>& attachments);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ATTACHMENT_H_
