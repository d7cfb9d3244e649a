#ifndef CHATWIRE_CLI_FILE_UPLOAD_H_
#define CHATWIRE_CLI_FILE_UPLOAD_H_

#include <grpcpp/client_context.h>

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/file_service.pb.h"
#include "cli/connection.h"

namespace chatwire::cli {

/// A file to send.
struct FileUpload {
  std::string path;
  /// All but the size.
  xmpp::v1::SendFileMetadata metadata;
  /// How many bytes of how many are through. May be empty.
  std::function<void(int64_t done, int64_t total)> progress;
  /// The context of the call before it begins, for who wants to cancel it; nullptr when it is over.
  /// May be empty.
  std::function<void(grpc::ClientContext*)> on_context;
};

/// Sends a file by FileService.SendFile and returns when it is accepted. Blocks.
///
/// Errors: INVALID_ARGUMENT/USAGE for a file that cannot be read, those of the RPC and those of
/// Connection.
absl::StatusOr<xmpp::v1::SentFile> UploadFile(Connection& connection, const FileUpload& upload);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FILE_UPLOAD_H_
