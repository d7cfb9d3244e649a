#ifndef CHATWIRE_TESTS_UNIT_CLI_FAKE_SERVICES_H_
#define CHATWIRE_TESTS_UNIT_CLI_FAKE_SERVICES_H_

#include <grpcpp/server_context.h>

#include <functional>

#include "chatwire/mqtt/v1/checkbox_group_service.grpc.pb.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "chatwire/xmpp/v1/account_service.grpc.pb.h"
#include "chatwire/xmpp/v1/chat_service.grpc.pb.h"
#include "chatwire/xmpp/v1/event_service.grpc.pb.h"
#include "chatwire/xmpp/v1/presence_service.grpc.pb.h"
#include "chatwire/xmpp/v1/roster_service.grpc.pb.h"

namespace chatwire::cli {

/// What a test lets an RPC do.
template <typename Request, typename Response>
using Handler = std::function<grpc::Status(grpc::ServerContext&, const Request&, Response&)>;

template <typename Request, typename Response>
using StreamHandler = std::function<grpc::Status(grpc::ServerContext&, const Request&,
                                                 grpc::ServerWriter<Response>&)>;

template <typename Function, typename... Arguments>
grpc::Status Answer(const Function& function, Arguments&&... arguments) {
  if (function == nullptr) return {grpc::StatusCode::UNIMPLEMENTED, "no handler in this test"};
  return function(std::forward<Arguments>(arguments)...);
}

struct FakeAccountService final : xmpp::v1::AccountService::Service {
  Handler<xmpp::v1::LoginRequest, xmpp::v1::LoginResponse> login;
  Handler<xmpp::v1::LogoutRequest, xmpp::v1::LogoutResponse> logout;
  Handler<xmpp::v1::ListAccountsRequest, xmpp::v1::ListAccountsResponse> list;
  Handler<xmpp::v1::GetAccountRequest, xmpp::v1::GetAccountResponse> get;

  grpc::Status GetAccount(grpc::ServerContext* context, const xmpp::v1::GetAccountRequest* request,
                          xmpp::v1::GetAccountResponse* response) override {
    return Answer(get, *context, *request, *response);
  }
  grpc::Status Login(grpc::ServerContext* context, const xmpp::v1::LoginRequest* request,
                     xmpp::v1::LoginResponse* response) override {
    return Answer(login, *context, *request, *response);
  }
  grpc::Status Logout(grpc::ServerContext* context, const xmpp::v1::LogoutRequest* request,
                      xmpp::v1::LogoutResponse* response) override {
    return Answer(logout, *context, *request, *response);
  }
  grpc::Status ListAccounts(grpc::ServerContext* context,
                            const xmpp::v1::ListAccountsRequest* request,
                            xmpp::v1::ListAccountsResponse* response) override {
    return Answer(list, *context, *request, *response);
  }
};

struct FakeChatService final : xmpp::v1::ChatService::Service {
  Handler<xmpp::v1::SendMessageRequest, xmpp::v1::SendMessageResponse> send;

  grpc::Status SendMessage(grpc::ServerContext* context,
                           const xmpp::v1::SendMessageRequest* request,
                           xmpp::v1::SendMessageResponse* response) override {
    return Answer(send, *context, *request, *response);
  }
};

struct FakeEventService final : xmpp::v1::EventService::Service {
  StreamHandler<xmpp::v1::WatchEventsRequest, xmpp::v1::WatchEventsResponse> watch;

  grpc::Status WatchEvents(grpc::ServerContext* context,
                           const xmpp::v1::WatchEventsRequest* request,
                           grpc::ServerWriter<xmpp::v1::WatchEventsResponse>* writer) override {
    return Answer(watch, *context, *request, *writer);
  }
};

struct FakeRosterService final : xmpp::v1::RosterService::Service {
  Handler<xmpp::v1::ListContactsRequest, xmpp::v1::ListContactsResponse> list;
  Handler<xmpp::v1::AddContactRequest, xmpp::v1::AddContactResponse> add;

  grpc::Status AddContact(grpc::ServerContext* context, const xmpp::v1::AddContactRequest* request,
                          xmpp::v1::AddContactResponse* response) override {
    return Answer(add, *context, *request, *response);
  }
  grpc::Status ListContacts(grpc::ServerContext* context,
                            const xmpp::v1::ListContactsRequest* request,
                            xmpp::v1::ListContactsResponse* response) override {
    return Answer(list, *context, *request, *response);
  }
};

struct FakePresenceService final : xmpp::v1::PresenceService::Service {
  Handler<xmpp::v1::SetPresenceRequest, xmpp::v1::SetPresenceResponse> set;

  grpc::Status SetPresence(grpc::ServerContext* context,
                           const xmpp::v1::SetPresenceRequest* request,
                           xmpp::v1::SetPresenceResponse* response) override {
    return Answer(set, *context, *request, *response);
  }
};

struct FakeCheckboxService final : mqtt::v1::CheckboxService::Service {
  Handler<mqtt::v1::CreateCheckboxRequest, mqtt::v1::CreateCheckboxResponse> create;
  Handler<mqtt::v1::GetCheckboxRequest, mqtt::v1::GetCheckboxResponse> get;
  Handler<mqtt::v1::ListCheckboxesRequest, mqtt::v1::ListCheckboxesResponse> list;
  Handler<mqtt::v1::DeleteCheckboxRequest, mqtt::v1::DeleteCheckboxResponse> remove;
  Handler<mqtt::v1::SetCheckboxRequest, mqtt::v1::SetCheckboxResponse> set;
  StreamHandler<mqtt::v1::WatchCheckboxesRequest, mqtt::v1::WatchCheckboxesResponse> watch;

  grpc::Status CreateCheckbox(grpc::ServerContext* context,
                              const mqtt::v1::CreateCheckboxRequest* request,
                              mqtt::v1::CreateCheckboxResponse* response) override {
    return Answer(create, *context, *request, *response);
  }
  grpc::Status GetCheckbox(grpc::ServerContext* context,
                           const mqtt::v1::GetCheckboxRequest* request,
                           mqtt::v1::GetCheckboxResponse* response) override {
    return Answer(get, *context, *request, *response);
  }
  grpc::Status ListCheckboxes(grpc::ServerContext* context,
                              const mqtt::v1::ListCheckboxesRequest* request,
                              mqtt::v1::ListCheckboxesResponse* response) override {
    return Answer(list, *context, *request, *response);
  }
  grpc::Status DeleteCheckbox(grpc::ServerContext* context,
                              const mqtt::v1::DeleteCheckboxRequest* request,
                              mqtt::v1::DeleteCheckboxResponse* response) override {
    return Answer(remove, *context, *request, *response);
  }
  grpc::Status SetCheckbox(grpc::ServerContext* context,
                           const mqtt::v1::SetCheckboxRequest* request,
                           mqtt::v1::SetCheckboxResponse* response) override {
    return Answer(set, *context, *request, *response);
  }
  grpc::Status WatchCheckboxes(
      grpc::ServerContext* context, const mqtt::v1::WatchCheckboxesRequest* request,
      grpc::ServerWriter<mqtt::v1::WatchCheckboxesResponse>* writer) override {
    return Answer(watch, *context, *request, *writer);
  }
};

struct FakeCheckboxGroupService final : mqtt::v1::CheckboxGroupService::Service {
  Handler<mqtt::v1::SetCheckboxesRequest, mqtt::v1::SetCheckboxesResponse> set;

  grpc::Status SetCheckboxes(grpc::ServerContext* context,
                             const mqtt::v1::SetCheckboxesRequest* request,
                             mqtt::v1::SetCheckboxesResponse* response) override {
    return Answer(set, *context, *request, *response);
  }
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_FAKE_SERVICES_H_
