#ifndef CHATWIRE_CLI_RPC_REFLECTION_H_
#define CHATWIRE_CLI_RPC_REFLECTION_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/call.h"
#include "common/error.h"

namespace chatwire::cli {

/// NOT_FOUND: the server's reflection knows no such service, method or message.
inline constexpr ErrorReason kNoSymbolReason{"cli.chatwire", "NO_SYMBOL"};
/// NOT_FOUND: the server has the service, but no such method of it.
inline constexpr ErrorReason kNoMethodReason{"cli.chatwire", "NO_METHOD"};
/// UNIMPLEMENTED: what answers at the address serves no reflection.
inline constexpr ErrorReason kNoReflectionReason{"cli.chatwire", "NO_REFLECTION"};

/// What a server tells about its own contracts (gRPC server reflection, grpc.reflection.v1alpha).
/// Knows nothing of ours: any server that serves reflection will do. Files are fetched when a
/// symbol in them is looked up. Not thread-safe.
class Reflection {
 public:
  /// @p session must outlive this.
  Reflection(Session& session, Service service);

  /// Full names of all services. Errors: UNIMPLEMENTED/NO_REFLECTION, and those of Call.
  absl::StatusOr<std::vector<std::string>> Services();

  /// `SERVICE/METHOD` for every method of the service with this full name. Errors: as Describe.
  absl::StatusOr<std::vector<std::string>> MethodsOf(const std::string& service);

  /// The service, method, message or enum called @p name, and its text in the language of .proto
  /// files. Errors: NOT_FOUND/NO_SYMBOL and those of Services.
  absl::StatusOr<std::string> Describe(const std::string& name);

  /// The method called `package.Service/Method` or `package.Service.Method`; a unique end of the
  /// service's name will do (`RosterService/ListContacts`).
  /// Errors: NOT_FOUND/NO_SYMBOL, INVALID_ARGUMENT/USAGE for a name that fits several services.
  absl::StatusOr<const google::protobuf::MethodDescriptor*> Method(const std::string& name);

  /// An empty message of a type that came from the server. Must not outlive this.
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor* type);

  const google::protobuf::DescriptorPool& pool() const { return pool_; }

 private:
  /// Fetches the file of @p symbol with all that it imports.
  absl::Status Fetch(const std::string& symbol);
  absl::StatusOr<std::string> FullServiceName(const std::string& end);

  Session& session_;
  Service service_;
  google::protobuf::SimpleDescriptorDatabase database_;
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  std::set<std::string> files_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_REFLECTION_H_
