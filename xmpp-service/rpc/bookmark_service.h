#ifndef CHATWIRE_XMPP_SERVICE_RPC_BOOKMARK_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_BOOKMARK_SERVICE_H_

#include "chatwire/xmpp/v1/bookmark_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Bookmarks over gRPC; what each call does stands in bookmark_service.proto.
class BookmarkService final : public v1::BookmarkService::CallbackService {
 public:
  explicit BookmarkService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* ListBookmarks(grpc::CallbackServerContext* context,
                                          const v1::ListBookmarksRequest* request,
                                          v1::ListBookmarksResponse* response) override;
  grpc::ServerUnaryReactor* SetBookmark(grpc::CallbackServerContext* context,
                                        const v1::SetBookmarkRequest* request,
                                        v1::SetBookmarkResponse* response) override;
  grpc::ServerUnaryReactor* RemoveBookmark(grpc::CallbackServerContext* context,
                                           const v1::RemoveBookmarkRequest* request,
                                           v1::RemoveBookmarkResponse* response) override;
  grpc::ServerUnaryReactor* GetBookmarkPolicy(grpc::CallbackServerContext* context,
                                              const v1::GetBookmarkPolicyRequest* request,
                                              v1::GetBookmarkPolicyResponse* response) override;
  grpc::ServerUnaryReactor* SetBookmarkPolicy(grpc::CallbackServerContext* context,
                                              const v1::SetBookmarkPolicyRequest* request,
                                              v1::SetBookmarkPolicyResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_BOOKMARK_SERVICE_H_
