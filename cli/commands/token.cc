#include "cli/commands/token.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "chatwire/auth/v1/token_service.pb.h"
#include "cli/errors.h"
#include "cli/format/json_text.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/message_json.h"
#include "cli/rpc/unary.h"
#include "cli/token_place.h"
#include "common/secret_file.h"
#include "common/uuid.h"

namespace chatwire::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kPageSize = 500;
constexpr char kCreateRpc[] = "auth.v1.TokenService.CreateToken";
constexpr char kListRpc[] = "auth.v1.TokenService.ListTokens";
constexpr char kRevokeRpc[] = "auth.v1.TokenService.RevokeToken";

/// What the three share: the service that is asked.
class TokenCommand : public Command {
 protected:
  void AddService(CLI::App& app) {
    app.add_option("SERVICE", service_, "xmpp or mqtt")
        ->type_name("")
        ->required()
        ->check(CLI::IsMember({"xmpp", "mqtt"}));
  }

  absl::Status Ask(Session& session, const char* rpc, const google::protobuf::Message& request,
                   google::protobuf::Message& response) const {
    const Service service = service_ == "mqtt" ? Service::kMqtt : Service::kXmpp;
    return CallUnaryOf(session, service, MethodNamed(rpc), OrdinaryCall(session), request,
                       response);
  }

 private:
  std::string service_;
};

class CreateCommand final : public TokenCommand {
 public:
  std::vector<std::string> Rpcs() const override { return {kCreateRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("create", "Make a token for a program or a person");
    AddService(*app);
    app->add_option("--label", label_, "What it is for")->type_name("TEXT")->required();
    app->add_option("--scope", scopes_, "What it is good for; may be given several times")
        ->type_name("SCOPE")
        ->required()
        ->allow_extra_args(false);
    app->add_option("--for", accounts_, "Account that it is good for (xmpp); * for every one")
        ->type_name("JID")
        ->allow_extra_args(false);
    app->add_option("--out", out_, "Write it to this file, with mode 0600, and do not print it")
        ->type_name("FILE");
    app->add_option("--request-id", request_id_, "UUID that makes a repetition safe")
        ->type_name("UUID");
    app->footer(HelpText(
        "The token is shown once. A wrong scope is answered with the list of them; * is all.\n\n"
        "With --json: {\"token\", \"info\": {\"token_id\", \"label\", \"scopes\", \"accounts\", "
        "\"create_time\"}, \"replayed\", \"request_id\"}; with --out, \"token_file\" and no token.",
        {"token create mqtt --label 'wall switch' --scope checkbox.set --out switch.token",
         "token create xmpp --label door --scope chat --for bot@example.org"},
        Rpcs()));
    return app;
  }

  JsonShape Shape() const override {
    return {"auth.v1.CreateTokenResponse", {{"request_id", ""}, {"token_file", ""}}};
  }

  absl::Status Run(Session& session) override {
    if (!out_.empty()) {
      const absl::Status place = CheckTokenFile(out_);
      if (!place.ok()) return place;
    }
    auth::v1::CreateTokenRequest request;
    request.set_label(label_);
    for (const std::string& scope : scopes_) request.add_scopes(scope);
    for (const std::string& account : accounts_) request.add_accounts(account);
    request.set_request_id(request_id_.empty() ? RandomUuid() : request_id_);
    auth::v1::CreateTokenResponse response;
    const absl::Status called = Ask(session, kCreateRpc, request, response);
    if (!called.ok()) return called;
    Json json = MessageJson(response);
    json["request_id"] = request.request_id();
    if (!out_.empty()) {
      const absl::Status written = WriteSecretFile(out_, response.token() + "\n");
      if (!written.ok()) return Revoked(session, response.info().token_id(), written);
      json.erase("token");
      json["token_file"] = out_;
    }
    if (session.output.json()) {
      session.output.Object(json);
    } else {
      session.output.Line(
          out_.empty() ? response.token()
                       : absl::StrCat("token ", response.info().token_id(), " is in ", out_));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Revoked(Session& session, const std::string& id, const absl::Status& why) const {
    auth::v1::RevokeTokenRequest request;
    request.set_token_id(id);
    request.set_request_id(RandomUuid());
    auth::v1::RevokeTokenResponse response;
    const bool revoked = Ask(session, kRevokeRpc, request, response).ok();
    return MakeError(
        absl::StatusCode::kUnknown, kFileReason,
        absl::StrCat(why.message(), "; the token ", id,
                     revoked ? " is revoked again"
                             : " was made all the same; end it with `chatwire token revoke`"));
  }

  std::string label_;
  std::vector<std::string> scopes_;
  std::vector<std::string> accounts_;
  std::string out_;
  std::string request_id_;
};

class ListCommand final : public TokenCommand {
 public:
  std::vector<std::string> Rpcs() const override { return {kListRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("list", "List the tokens of a service");
    AddService(*app);
    app->footer(
        HelpText("Without the tokens themselves, which nobody can say again.\n\nWith "
                 "--json, one object for each: {\"token_id\", \"label\", \"scopes\", "
                 "\"accounts\", \"create_time\"}",
                 {"token list mqtt", "token list xmpp --fields token_id,label"}, Rpcs()));
    return app;
  }

  JsonShape Shape() const override { return {"auth.v1.Token"}; }

  absl::Status Run(Session& session) override {
    Table table{{"TOKEN", "LABEL", "SCOPES", "ACCOUNTS", "MADE"}, {}};
    auth::v1::ListTokensRequest request;
    request.set_page_size(kPageSize);
    do {
      auth::v1::ListTokensResponse response;
      const absl::Status called = Ask(session, kListRpc, request, response);
      if (!called.ok()) return called;
      for (const auto& token : response.tokens()) {
        const Json json = MessageJson(token);
        if (session.output.json()) session.output.Object(json);
        std::vector<std::string> cells;
        for (const char* const field : {"token_id", "label", "scopes", "accounts", "create_time"}) {
          cells.push_back(CellText(json, field));
        }
        table.rows.push_back(std::move(cells));
      }
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    if (!session.output.json()) session.output.PrintTable(table);
    return absl::OkStatus();
  }
};

class RevokeCommand final : public TokenCommand {
 public:
  std::vector<std::string> Rpcs() const override { return {kRevokeRpc}; }

  CLI::App* AddTo(CLI::App& parent) override {
    auto* const app = parent.add_subcommand("revoke", "Make a token good for nothing");
    AddService(*app);
    app->add_option("TOKEN", id_, "Its id, from `token list`")->type_name("")->required();
    app->footer(HelpText("With --json: {\"token_id\", \"revoked\"}",
                         {"token revoke mqtt 3f2a90c1d4e5b677"}, Rpcs()));
    return app;
  }

  JsonShape Shape() const override { return {"", {{"token_id", ""}, {"revoked", ""}}}; }

  absl::Status Run(Session& session) override {
    auth::v1::RevokeTokenRequest request;
    request.set_token_id(id_);
    request.set_request_id(RandomUuid());
    auth::v1::RevokeTokenResponse response;
    const absl::Status called = Ask(session, kRevokeRpc, request, response);
    if (!called.ok()) return called;
    if (session.output.json()) {
      session.output.Object({{"token_id", id_}, {"revoked", true}});
    } else {
      session.output.Line(absl::StrCat("the token ", id_, " is good for nothing any more"));
    }
    return absl::OkStatus();
  }

 private:
  std::string id_;
};

}  // namespace

std::unique_ptr<Command> MakeTokenCreateCommand() { return std::make_unique<CreateCommand>(); }

std::unique_ptr<Command> MakeTokenListCommand() { return std::make_unique<ListCommand>(); }

std::unique_ptr<Command> MakeTokenRevokeCommand() { return std::make_unique<RevokeCommand>(); }

}  // namespace chatwire::cli
