#include "cli/rpc/rpc_command.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/format/json_text.h"
#include "cli/rpc/argument_set.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/listing.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/outcome.h"
#include "cli/rpc/request_field.h"
#include "cli/rpc/unary.h"
#include "cli/wait.h"
#include "cli/whole_number.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Json = nlohmann::ordered_json;

/// How much of a history one gets unasked.
constexpr int64_t kNewest = 50;

bool Has(const Message& message, const std::string& field) {
  return message.GetDescriptor()->FindFieldByName(field) != nullptr;
}

std::string TextOf(const Message& message, const std::string& field) {
  return message.GetReflection()->GetString(message,
                                            message.GetDescriptor()->FindFieldByName(field));
}

class DeclaredCommand final : public Command {
 public:
  explicit DeclaredCommand(RpcCommand spec) : spec_(std::move(spec)) {}

  std::vector<std::string> Rpcs() const override { return {spec_.rpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand(spec_.name, spec_.about);
    method_ = MethodNamed(spec_.rpc);
    CheckFields();
    arguments_.AddTo(*app, spec_.arguments);
    const auto* const input = method_->input_type();
    if (input->FindFieldByName("request_id") != nullptr) {
      app->add_option("--request-id", request_id_, "UUID that makes a repetition safe")
          ->type_name("UUID");
    }
    if (input->FindFieldByName("wait_for") != nullptr) AddWait(*app);
    if (Listing::Pages(method_)) AddLimit(*app);
    app->footer(HelpText(spec_.notes, spec_.examples, Rpcs()));
    return app;
  }

  CLI::App* AddFor(const std::vector<std::string>& words, CLI::App& parent) override {
    // The descriptors of a contract, which AddTo looks at, are built when they are first looked at.
    const bool named = std::find(words.begin(), words.end(), spec_.name) != words.end();
    return named ? AddTo(parent) : parent.add_subcommand(spec_.name, spec_.about);
  }

  JsonShape Shape() const override {
    const auto* const output = method_->output_type();
    const std::string& path = spec_.list.empty() ? spec_.object : spec_.list;
    const FieldDescriptor* const field = path.empty() ? nullptr : FieldAt(output, path);
    const auto* const type = field == nullptr ? output : field->message_type();
    JsonShape shape;
    if (type != nullptr) {
      shape.message = std::string(absl::StripPrefix(type->full_name(), "chatwire."));
    } else if (!spec_.columns.empty()) {
      // A list of plain texts: see RunList.
      shape.fields.emplace_back(spec_.columns.front().field, "");
    }
    if (!spec_.list.empty()) return shape;
    if (method_->input_type()->FindFieldByName("request_id") != nullptr) {
      shape.fields.emplace_back("request_id", "");
    }
    if (output->field_count() == 0) shape.fields.emplace_back("done", "");
    return shape;
  }

  absl::Status Run(Session& session) override {
    const auto request = Request(session);
    if (!request.ok()) return request.status();
    return spec_.list.empty() ? RunOnce(session, **request) : RunList(session, **request);
  }

 private:
  /// A field that the contract does not have is a mistake in the source.
  void CheckFields() const {
    for (const Argument& argument : spec_.arguments) {
      CHECK(argument.field.empty() || FieldAt(method_->input_type(), argument.field) != nullptr)
          << spec_.rpc << " has no " << argument.field;
    }
    for (const auto& [field, value] : spec_.fixed) {
      CHECK(FieldAt(method_->input_type(), field) != nullptr) << spec_.rpc << " has no " << field;
    }
    for (const std::string& field : {spec_.list, spec_.object}) {
      CHECK(field.empty() || FieldAt(method_->output_type(), field) != nullptr)
          << "the answer of " << spec_.rpc << " has no " << field;
    }
  }

  void AddWait(CLI::App& app) {
    const bool device = absl::StartsWith(spec_.rpc, "mqtt.");
    app.add_option("--wait", wait_,
                   device ? "Wait for the device: accepted or confirmed"
                          : "What to wait for: accepted or ack")
        ->type_name("STAGE")
        ->check(device ? CLI::IsMember({"accepted", "confirmed"})
                       : CLI::IsMember({"accepted", "ack"}));
  }

  void AddLimit(CLI::App& app) {
    auto* const limit = app.add_option("--limit", limit_, "At most so many")
                            ->type_name("NUMBER")
                            ->check(FromOneOn());
    if (spec_.newest_last) app.add_flag("--all", all_, "All there are")->excludes(limit);
  }

  absl::StatusOr<std::unique_ptr<Message>> Request(Session& session) const {
    auto request = NewMessage(method_->input_type());
    absl::Status filled = arguments_.Fill(session, *request);
    if (!filled.ok()) return filled;
    for (const auto& [field, value] : spec_.fixed) {
      filled = SetField(*request, field, {value}, field);
      if (!filled.ok()) return filled;
    }
    if (Has(*request, "account") && TextOf(*request, "account").empty()) {
      filled = SetField(*request, "account", {session.connection.Account()}, "account");
    }
    if (Has(*request, "request_id")) {
      const std::string id = request_id_.empty() ? RandomUuid() : request_id_;
      filled.Update(SetField(*request, "request_id", {id}, "--request-id"));
    }
    if (!wait_.empty()) filled.Update(FillWait(session, *request));
    if (Has(*request, "timeout")) filled.Update(FillTimeout(session, *request, "timeout"));
    if (!filled.ok()) return filled;
    return request;
  }

  absl::Status FillWait(Session& session, Message& request) const {
    absl::Status status = SetField(request, "wait_for", {wait_}, "--wait");
    if (status.ok()) status = FillTimeout(session, request, "wait_timeout");
    return status;
  }

  static absl::Status FillTimeout(Session& session, Message& request, const std::string& field) {
    return SetField(request, field, {absl::FormatDuration(session.settings.timeout)}, "--timeout");
  }

  CallOptions Options(Session& session) const {
    const bool waits =
        !wait_.empty() || method_->input_type()->FindFieldByName("timeout") != nullptr;
    return waits ? WaitingCall(session) : OrdinaryCall(session);
  }

  absl::Status RunOnce(Session& session, const Message& request) {
    const auto response = NewMessage(method_->output_type());
    absl::Status called = CallUnary(session, method_, Options(session), request, *response);
    if (!called.ok()) return called;
    Json json = MessageJson(*response);
    if (!spec_.object.empty()) json = json.value(spec_.object, Json::object());
    if (json.empty() && method_->output_type()->field_count() == 0) json["done"] = true;
    if (Has(request, "request_id")) json["request_id"] = TextOf(request, "request_id");
    if (session.output.json()) {
      session.output.Object(json);
    } else if (spec_.done.empty()) {
      json.erase("request_id");
      session.output.Lines(ObjectText(json));
    } else {
      Json all = MessageJson(request);
      all.update(json);
      session.output.Line(ExpandTemplate(spec_.done, all));
    }
    return OutcomeOf(*response);
  }

  absl::Status RunList(Session& session, Message& request) {
    const bool newest_only = spec_.newest_last && limit_ == 0 && !all_;
    return Listing(spec_, method_, newest_only ? kNewest : limit_)
        .Run(session, Options(session), request);
  }

  RpcCommand spec_;
  const google::protobuf::MethodDescriptor* method_ = nullptr;
  ArgumentSet arguments_;
  std::string request_id_;
  std::string wait_;
  int64_t limit_ = 0;
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeRpcCommand(RpcCommand spec) {
  return std::make_unique<DeclaredCommand>(std::move(spec));
}

void AddRpcCommands(std::vector<RpcCommand> specs, CommandGroup& group) {
  for (RpcCommand& spec : specs) group.commands.push_back(MakeRpcCommand(std::move(spec)));
}

}  // namespace chatwire::cli
