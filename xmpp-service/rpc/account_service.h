#ifndef CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_

#include <string>

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

  grpc::ServerUnaryReactor* GetRegistrationForm(grpc::CallbackServerContext* context,
                                                const v1::GetRegistrationFormRequest* request,
                                                v1::GetRegistrationFormResponse* response) override;
  grpc::ServerUnaryReactor* Register(grpc::CallbackServerContext* context,
                                     const v1::RegisterRequest* request,
                                     v1::RegisterResponse* response) override;
  grpc::ServerUnaryReactor* ChangePassword(grpc::CallbackServerContext* context,
                                           const v1::ChangePasswordRequest* request,
                                           v1::ChangePasswordResponse* response) override;
  grpc::ServerUnaryReactor* DeleteAccount(grpc::CallbackServerContext* context,
                                          const v1::DeleteAccountRequest* request,
                                          v1::DeleteAccountResponse* response) override;

 private:
  /// Signs in and mints a token.
  void SignIn(LoginRequest login, v1::Account* account, std::string* token, Completion<bool> done);
  /// @p done, once also the tokens of an account that is gone are.
  Completion<bool> RevokingTokens(const std::string& account, Completion<bool> done);
  /// Whether somebody at that address may register. Errors: REGISTRATION_DISABLED,
  /// TOO_MANY_REGISTRATIONS.
  absl::Status AdmitRegistration(const grpc::CallbackServerContext& context);

  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ACCOUNT_SERVICE_H_
