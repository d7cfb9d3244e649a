#include "cli/rpc/api_call.h"

#include <google/protobuf/util/json_util.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/errors.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/rpc/byte_stream.h"
#include "cli/rpc/unary.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

absl::StatusOr<std::string> Encoded(Reflection& reflection, const Descriptor* type,
                                    const std::string& json) {
  const auto message = reflection.New(type);
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, message.get());
  if (parsed.ok()) return message->SerializeAsString();
  // Below its first line, the parser draws a piece of the text and an arrow to the place in it.
  const std::string why(parsed.message().data(), parsed.message().size());
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::StrCat("the request does not fit ", type->full_name(), ": ",
                                why.substr(0, why.find('\n')), "; see `chatwire api describe ",
                                type->full_name(), "`"));
}

absl::Status Print(Output& output, Reflection& reflection, const Descriptor* type,
                   const std::string& bytes) {
  const auto message = reflection.New(type);
  message->ParseFromString(bytes);
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(*message, &json, options);
  if (!printed.ok()) return absl::InternalError(printed.ToString());
  output.Object(nlohmann::ordered_json::parse(json, nullptr, false));
  return absl::OkStatus();
}

/// Writes the requests; returns what is wrong with one of them.
absl::Status WriteAll(Session& session, Reflection& reflection, const MethodDescriptor& method,
                      const std::string& json, const std::atomic<bool>& over, ByteStream& stream) {
  const auto write = [&](const std::string& text) -> absl::Status {
    if (text.find_first_not_of(" \t\r") == std::string::npos) return absl::OkStatus();
    const auto bytes = Encoded(reflection, method.input_type(), text);
    if (!bytes.ok()) return bytes.status();
    // The end of the call is told by what is read.
    stream.Write(*bytes);
    return absl::OkStatus();
  };
  absl::Status status =
      json == "-" ? ForEachLine(session.streams.in, write, [&over] { return over.load(); })
                  : write(json);
  stream.WritesDone();
  return status;
}

/// Sends along what token there is: some methods need none.
absl::Status AttachToken(Session& session, Service service, grpc::ClientContext& context) {
  absl::Status attached = session.connection.AttachTokenFor(service, context);
  return HasReason(attached, kNoTokenReason) ? absl::OkStatus() : attached;
}

}  // namespace

absl::Status CallApi(Session& session, Service service, Reflection& reflection,
                     const MethodDescriptor& method, const std::string& json) {
  std::string first = json;
  if (json == "-" && !method.client_streaming()) {
    auto text = ReadText(session.streams.in);
    if (!text.ok()) return text.status();
    first = *std::move(text);
  }
  if (first != "-") {
    const auto checked = Encoded(reflection, method.input_type(), first);
    if (!checked.ok()) return checked.status();
  }
  const auto channel = session.connection.ChannelTo(service);
  if (!channel.ok()) return channel.status();
  auto interrupt = Interrupt::Start(session.output.out());
  if (!interrupt.ok()) return interrupt.status();
  grpc::ClientContext context;
  absl::Status status = AttachToken(session, service, context);
  if (!status.ok()) return status;
  const bool streams = method.client_streaming() || method.server_streaming();
  if (!streams || session.settings.timeout_given) {
    context.set_deadline(absl::ToChronoTime(absl::Now() + session.settings.timeout));
  }
  (*interrupt)->OnInterrupt([&context] { context.TryCancel(); });
  ByteStream stream(*channel, &context, WirePath(&method));
  absl::Status wrong;
  std::atomic<bool> over = false;
  std::thread writer([&] {
    wrong = WriteAll(session, reflection, method, first, over, stream);
    if (!wrong.ok()) context.TryCancel();
  });
  std::string bytes;
  while (status.ok() && stream.Read(&bytes)) {
    status = Print(session.output, reflection, method.output_type(), bytes);
    if (session.output.closed() || !session.output.status().ok()) context.TryCancel();
  }
  // Nobody waits for a person who would type into a call that has ended.
  over = true;
  writer.join();
  const absl::Status ended = FromGrpcStatus(stream.Finish());
  (*interrupt)->OnInterrupt(nullptr);
  if ((*interrupt)->interrupted()) return (*interrupt)->status();
  if (!wrong.ok()) return wrong;
  if (!status.ok() || session.output.closed()) return status;
  if (!session.output.status().ok()) return session.output.status();
  return session.connection.Explain(service, ended);
}

}  // namespace chatwire::cli
