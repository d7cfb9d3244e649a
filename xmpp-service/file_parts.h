#ifndef CHATWIRE_XMPP_SERVICE_FILE_PARTS_H_
#define CHATWIRE_XMPP_SERVICE_FILE_PARTS_H_

#include <string>

#include "common/clock.h"
#include "xmpp-service/domain/transfer_limit.h"
#include "xmpp-service/domain/worker_thread.h"
#include "xmpp-service/file_options.h"
#include "xmpp-service/http/curl_transfers.h"
#include "xmpp-service/journal/journal_writer.h"
#include "xmpp-service/journal/sqlite_sent_file_log.h"
#include "xmpp-service/rpc/file_service.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/spool/unlinked_spool.h"

namespace chatwire::xmpp {

/// All that files need, put together: web transfers, spool, limits, and the service.
class FileParts {
 public:
  /// @p folder: where files wait for their upload. The references outlive this.
  FileParts(const FileOptions& options, const std::string& folder, JournalWriter& writer,
            const Clock& clock, const ServiceContext& context, RoomMessageSender& room_sender);

  grpc::Service* service() { return &service_; }

  /// Ends every call.
  void Shutdown() { service_.Shutdown(); }
  /// Ends the threads. After the server.
  void Stop();

 private:
  SqliteSentFileLog log_;
  UnlinkedSpool spool_;
  TransferLimit limit_;
  WorkerThread executor_;
  CurlTransfers http_;
  FileService service_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_FILE_PARTS_H_
