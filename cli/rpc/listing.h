#ifndef CHATWIRE_CLI_RPC_LISTING_H_
#define CHATWIRE_CLI_RPC_LISTING_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/call.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

/// The answer of an RpcCommand with a list: fetched page by page and printed, with a bar on
/// standard error while a person waits for more pages.
class Listing {
 public:
  /// @p limit 0: all there is. @p spec must outlive this.
  Listing(const RpcCommand& spec, const google::protobuf::MethodDescriptor* method, int64_t limit);

  /// Whether the answers of @p method come in pages.
  static bool Pages(const google::protobuf::MethodDescriptor* method);

  /// Asks with @p request until it has enough. Errors: those of the RPC, those of OutcomeOf,
  /// CANCELLED/INTERRUPTED.
  absl::Status Run(Session& session, CallOptions options, google::protobuf::Message& request);

 private:
  using Json = nlohmann::ordered_json;

  bool Streams(const Output& output) const;
  std::string Unit() const;
  int64_t TotalOf(const Json& answer) const;
  void FillPageSize(google::protobuf::Message& request) const;
  void Take(const Json& answer, Output& output);
  void Print(Output& output, bool complete);
  absl::Status Finish(Output& output, const google::protobuf::Message& response,
                      const Json& answer);

  const RpcCommand& spec_;
  const google::protobuf::MethodDescriptor* const method_;
  const int64_t limit_;
  /// Whether the list is one text in pages.
  const bool document_;
  /// Whether it comes with the newest first, and is to end with the newest.
  bool turned_ = false;
  int64_t fetched_ = 0;
  std::vector<Json> rows_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_LISTING_H_
