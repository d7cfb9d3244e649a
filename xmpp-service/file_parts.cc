#include "xmpp-service/file_parts.h"

namespace chatwire::xmpp {

FileParts::FileParts(const FileOptions& options, const std::string& folder, JournalWriter& writer,
                     const Clock& clock, const ServiceContext& context,
                     RoomMessageSender& room_sender)
    : log_(writer, clock),
      spool_(folder),
      limit_(options.transfers_per_account, options.transfers),
      http_(options.http),
      service_(context, FileContext{context.accounts, context.sender, room_sender, log_, http_,
                                    spool_, limit_, executor_, options.rules}) {}

void FileParts::Stop() {
  http_.Stop();
  executor_.Stop();
}

}  // namespace chatwire::xmpp
