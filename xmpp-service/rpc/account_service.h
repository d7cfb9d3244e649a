#ifndef CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_

#include "chatwire/xmpp/v1/account_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Accounts over gRPC; what each call does stands in account_service.proto.
class AccountService final : public v1::AccountService::CallbackService {
 public:
  explicit AccountService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* Login(grpc::CallbackServerContext* context,
                                  const v1::LoginRequest* request,
                                  v1::LoginResponse* response) override;
  grpc::ServerUnaryReactor* Logout(grpc::CallbackServerContext* context,
                                   const v1::LogoutRequest* request,
                                   v1::LogoutResponse* response) override;
  grpc::ServerUnaryReactor* ListAccounts(grpc::CallbackServerContext* context,
                                         const v1::ListAccountsRequest* request,
                                         v1::ListAccountsResponse* response) override;
  grpc::ServerUnaryReactor* GetAccount(grpc::CallbackServerContext* context,
                                       const v1::GetAccountRequest* request,
                                       v1::GetAccountResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_
