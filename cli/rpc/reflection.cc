#include "cli/rpc/reflection.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/log/check.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/errors.h"
#include "cli/rpc/byte_stream.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/request_field.h"
#include "cli/suggestion.h"

namespace chatwire::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

/// The part of gRPC's reflection protocol that is used, as a FileDescriptorProto. It is read at run
/// time: compiled in, it would be the same types a second time in every program that also serves
/// reflection.
constexpr char kContract[] =
    R"(name: "reflection" package: "grpc.reflection.v1alpha" syntax: "proto3"
message_type {
  name: "ServerReflectionRequest"
  field { name: "file_containing_symbol" number: 4 label: LABEL_OPTIONAL type: TYPE_STRING oneof_index: 0 }
  field { name: "list_services" number: 7 label: LABEL_OPTIONAL type: TYPE_STRING oneof_index: 0 }
  oneof_decl { name: "message_request" }
}
message_type {
  name: "FileDescriptorResponse"
  field { name: "file_descriptor_proto" number: 1 label: LABEL_REPEATED type: TYPE_BYTES }
}
message_type {
  name: "ServiceResponse"
  field { name: "name" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
}
message_type {
  name: "ListServiceResponse"
  field { name: "service" number: 1 label: LABEL_REPEATED type: TYPE_MESSAGE
          type_name: ".grpc.reflection.v1alpha.ServiceResponse" }
}
message_type {
  name: "ErrorResponse"
  field { name: "error_code" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 }
  field { name: "error_message" number: 2 label: LABEL_OPTIONAL type: TYPE_STRING }
}
message_type {
  name: "ServerReflectionResponse"
  field { name: "file_descriptor_response" number: 4 label: LABEL_OPTIONAL type: TYPE_MESSAGE
          type_name: ".grpc.reflection.v1alpha.FileDescriptorResponse" oneof_index: 0 }
  field { name: "list_services_response" number: 6 label: LABEL_OPTIONAL type: TYPE_MESSAGE
          type_name: ".grpc.reflection.v1alpha.ListServiceResponse" oneof_index: 0 }
  field { name: "error_response" number: 7 label: LABEL_OPTIONAL type: TYPE_MESSAGE
          type_name: ".grpc.reflection.v1alpha.ErrorResponse" oneof_index: 0 }
  oneof_decl { name: "message_response" }
}
)";
constexpr char kPath[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

/// The types of kContract.
class Contract {
 public:
  Contract() {
    FileDescriptorProto file;
    CHECK(google::protobuf::TextFormat::ParseFromString(kContract, &file));
    CHECK(pool_.BuildFile(file) != nullptr);
  }

  std::unique_ptr<Message> New(const std::string& name) {
    const Descriptor* const type =
        pool_.FindMessageTypeByName(absl::StrCat("grpc.reflection.v1alpha.", name));
    return std::unique_ptr<Message>(factory_.GetPrototype(type)->New());
  }

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

absl::Status NoSymbol(const std::string& name, const std::string& hint) {
  return MakeError(absl::StatusCode::kNotFound, kNoSymbolReason,
                   absl::StrCat("the server knows no ", name, hint,
                                "; `chatwire api list` tells what it knows"));
}

/// Asks one question. The answer is as MessageJson, bytes in base64.
absl::StatusOr<nlohmann::ordered_json> AskServer(Session& session, Service service,
                                                 const std::string& field,
                                                 const std::string& value) {
  const auto channel = session.connection.ChannelTo(service);
  if (!channel.ok()) return channel.status();
  Contract contract;
  const auto request = contract.New("ServerReflectionRequest");
  absl::Status set = SetField(*request, field, {value}, field);
  if (!set.ok()) return set;
  CallOptions options = OrdinaryCall(session);
  options.with_token = false;
  std::string bytes;
  const absl::Status called = Call(session, service, options, [&](grpc::ClientContext* context) {
    ByteStream stream(*channel, context, kPath);
    if (stream.Write(request->SerializeAsString())) stream.Read(&bytes);
    stream.WritesDone();
    std::string rest;
    while (stream.Read(&rest)) {
    }
    return stream.Finish();
  });
  if (HasReason(called, kWrongServiceReason)) {
    return MakeError(absl::StatusCode::kUnimplemented, kNoReflectionReason,
                     absl::StrCat("what answers at ", session.connection.AddressOf(service),
                                  " serves no reflection; start the service with --reflection"));
  }
  if (!called.ok()) return called;
  const auto response = contract.New("ServerReflectionResponse");
  response->ParseFromString(bytes);
  return MessageJson(*response);
}

}  // namespace

Reflection::Reflection(Session& session, Service service)
    : session_(session), service_(service), pool_(&database_), factory_(&pool_) {}

absl::StatusOr<std::vector<std::string>> Reflection::Services() {
  const auto answer = AskServer(session_, service_, "list_services", "*");
  if (!answer.ok()) return answer.status();
  std::vector<std::string> names;
  const auto list = answer->find("list_services_response");
  if (list == answer->end()) return NoSymbol("services", "");
  for (const auto& service : (*list)["service"]) names.push_back(service["name"]);
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<std::vector<std::string>> Reflection::MethodsOf(const std::string& service) {
  absl::Status fetched = Fetch(service);
  if (!fetched.ok()) return fetched;
  const auto* const found = pool_.FindServiceByName(service);
  if (found == nullptr) return NoSymbol(service, "");
  std::vector<std::string> methods;
  for (int i = 0; i < found->method_count(); ++i) {
    methods.push_back(absl::StrCat(service, "/", found->method(i)->name()));
  }
  return methods;
}

absl::Status Reflection::Fetch(const std::string& symbol) {
  if (pool_.FindFileContainingSymbol(symbol) != nullptr) return absl::OkStatus();
  const auto answer = AskServer(session_, service_, "file_containing_symbol", symbol);
  if (!answer.ok()) return answer.status();
  const auto files = answer->find("file_descriptor_response");
  if (files == answer->end()) return NoSymbol(symbol, "");
  for (const auto& encoded : (*files)["file_descriptor_proto"]) {
    std::string bytes;
    FileDescriptorProto file;
    if (!absl::Base64Unescape(encoded.get<std::string>(), &bytes) || !file.ParseFromString(bytes)) {
      return NoSymbol(symbol, "");
    }
    if (files_.insert(file.name()).second) database_.Add(file);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Reflection::FullServiceName(const std::string& end) {
  const auto services = Services();
  if (!services.ok()) return services.status();
  std::vector<std::string> fitting;
  std::vector<std::string> ends;
  for (const std::string& name : *services) {
    if (name == end) return name;
    if (absl::EndsWith(name, "." + end)) fitting.push_back(name);
    ends.push_back(name.substr(name.rfind('.') + 1));
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty()) return NoSymbol(absl::StrCat("service ", end), DidYouMean(end, ends));
  return MakeError(
      absl::StatusCode::kInvalidArgument, kUsageReason,
      absl::StrCat("\"", end, "\" may be ", absl::StrJoin(fitting, " or "), "; write more of it"));
}

absl::StatusOr<const MethodDescriptor*> Reflection::Method(const std::string& name) {
  const size_t cut = name.find('/') != std::string::npos ? name.find('/') : name.rfind('.');
  if (cut == std::string::npos) {
    return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                     absl::StrCat("\"", name, "\" is no method; write SERVICE/METHOD"));
  }
  const auto full = FullServiceName(name.substr(0, cut));
  if (!full.ok()) return full.status();
  absl::Status fetched = Fetch(*full);
  if (!fetched.ok()) return fetched;
  const auto* const service = pool_.FindServiceByName(*full);
  if (service == nullptr) return NoSymbol(*full, "");
  const std::string method = name.substr(cut + 1);
  const auto* const found = service->FindMethodByName(method);
  if (found != nullptr) return found;
  std::vector<std::string> methods;
  for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i)->name());
  return MakeError(absl::StatusCode::kNotFound, kNoMethodReason,
                   absl::StrCat("the server knows no method ", method, " of ", *full,
                                DidYouMean(method, methods), "; `chatwire api describe ", *full,
                                "` tells what it knows"));
}

absl::StatusOr<std::string> Reflection::Describe(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    const auto method = Method(name);
    if (!method.ok()) return method.status();
    return absl::StrCat((*method)->DebugString(), "\n", (*method)->input_type()->DebugString(),
                        "\n", (*method)->output_type()->DebugString());
  }
  const bool whole = name.find('.') != std::string::npos;
  const auto service = whole ? absl::StatusOr<std::string>(name) : FullServiceName(name);
  if (!service.ok()) return service.status();
  absl::Status fetched = Fetch(*service);
  if (!fetched.ok()) return fetched;
  if (const auto* const found = pool_.FindServiceByName(*service)) return found->DebugString();
  if (const auto* const found = pool_.FindMessageTypeByName(*service)) return found->DebugString();
  if (const auto* const found = pool_.FindEnumTypeByName(*service)) return found->DebugString();
  if (const auto* const found = pool_.FindMethodByName(*service)) return found->DebugString();
  return NoSymbol(name, "");
}

std::unique_ptr<Message> Reflection::New(const Descriptor* type) {
  return std::unique_ptr<Message>(factory_.GetPrototype(type)->New());
}

}  // namespace chatwire::cli
