#include "xmpp-service/domain/attachment.h"

#include "xmpp-service/domain/file_name.h"
#include "xmpp-service/domain/new_file.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/domain/web_url.h"

namespace chatwire::xmpp {

std::vector<Attachment> Described(const std::vector<Attachment>& attachments) {
  std::vector<Attachment> told;
  for (const Attachment& attachment : attachments) {
    if (told.size() == kMaximumAttachments) break;
    if (!IsWebUrl(attachment.url)) continue;
    const std::string name = FileNameOfUrl(attachment.url);
    told.push_back({attachment.url, TruncateUtf8(attachment.description, kMaximumCaptionBytes),
                    name, MediaTypeOf(name)});
  }
  return told;
}

}  // namespace chatwire::xmpp
