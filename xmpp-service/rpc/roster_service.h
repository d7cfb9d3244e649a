#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_

#include <memory>
#include <string>

#include "chatwire/xmpp/v1/roster_service.grpc.pb.h"
#include "xmpp-service/domain/roster_editor.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Contacts and subscriptions over gRPC; what each call does stands in roster_service.proto.
class RosterService final : public v1::RosterService::CallbackService {
 public:
  explicit RosterService(const ServiceContext& context)
      : context_(context), editor_(context.subscriptions) {}

  grpc::ServerUnaryReactor* ListContacts(grpc::CallbackServerContext* context,
                                         const v1::ListContactsRequest* request,
                                         v1::ListContactsResponse* response) override;
  grpc::ServerUnaryReactor* GetContact(grpc::CallbackServerContext* context,
                                       const v1::GetContactRequest* request,
                                       v1::GetContactResponse* response) override;
  grpc::ServerUnaryReactor* AddContact(grpc::CallbackServerContext* context,
                                       const v1::AddContactRequest* request,
                                       v1::AddContactResponse* response) override;
  grpc::ServerUnaryReactor* UpdateContact(grpc::CallbackServerContext* context,
                                          const v1::UpdateContactRequest* request,
                                          v1::UpdateContactResponse* response) override;
  grpc::ServerUnaryReactor* RemoveContact(grpc::CallbackServerContext* context,
                                          const v1::RemoveContactRequest* request,
                                          v1::RemoveContactResponse* response) override;

  grpc::ServerUnaryReactor* RequestSubscription(grpc::CallbackServerContext* context,
                                                const v1::RequestSubscriptionRequest* request,
                                                v1::RequestSubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* ListSubscriptionRequests(
      grpc::CallbackServerContext* context, const v1::ListSubscriptionRequestsRequest* request,
      v1::ListSubscriptionRequestsResponse* response) override;
  grpc::ServerUnaryReactor* AcceptSubscription(grpc::CallbackServerContext* context,
                                               const v1::AcceptSubscriptionRequest* request,
                                               v1::AcceptSubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* DenySubscription(grpc::CallbackServerContext* context,
                                             const v1::DenySubscriptionRequest* request,
                                             v1::DenySubscriptionResponse* response) override;
  grpc::ServerUnaryReactor* CancelSubscription(grpc::CallbackServerContext* context,
                                               const v1::CancelSubscriptionRequest* request,
                                               v1::CancelSubscriptionResponse* response) override;

 private:
  /// An account, and somebody on or for its roster.
  struct Target {
    std::shared_ptr<AccountAgent> agent;
    /// Bare, and not the account's own.
    std::string jid;
  };

  /// What nearly every call begins with. Errors: those of Authorize, ACCOUNT_NOT_FOUND, BAD_JID,
  /// BAD_REQUEST_ID.
  absl::StatusOr<Target> Open(const grpc::CallbackServerContext& context,
                              const std::string& account, const std::string& jid,
                              const std::string& request_id);

  const ServiceContext context_;
  RosterEditor editor_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_
