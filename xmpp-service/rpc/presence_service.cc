#include "xmpp-service/rpc/presence_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/presence_check.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

bool IsOnline(const AccountAgent& agent) {
  return agent.connection().state == ConnectionState::kOnline;
}

v1::GetPresenceResponse OwnPresence(const AccountAgent& agent) {
  v1::GetPresenceResponse response;
  *response.mutable_presence() = ToProto(agent.presence());
  if (IsOnline(agent)) {
    auto* own = response.add_resources();
    own->set_resource(agent.resource());
    *own->mutable_presence() = response.presence();
  }
  response.set_known(true);
  return response;
}

v1::GetPresenceResponse PresenceOf(const Contact& contact, bool online) {
  v1::GetPresenceResponse response;
  const v1::Contact proto = ToProto(contact);
  *response.mutable_resources() = proto.resources();
  if (contact.resources.empty()) {
    response.mutable_presence()->set_availability(v1::AVAILABILITY_OFFLINE);
  } else {
    *response.mutable_presence() = proto.resources(0).presence();
  }
  const bool subscribed =
      contact.subscription == Subscription::kTo || contact.subscription == Subscription::kBoth;
  response.set_known(online && (subscribed || !contact.resources.empty()));
  return response;
}

absl::StatusOr<DirectedPresence> CheckDirected(const v1::SendDirectedPresenceRequest& request,
                                               const std::string& account) {
  const auto to = Jid::Parse(request.to());
  if (!to.ok()) return to.status();
  if (to->Bare() == account) return BadJid(request.to());
  auto presence = CheckPresence(request.presence());
  if (!presence.ok()) return presence.status();
  if (!request.request_id().empty() && !IsUuid(request.request_id())) return BadRequestId();
  return DirectedPresence{to->Full(), *std::move(presence)};
}

}  // namespace

grpc::ServerUnaryReactor* PresenceService::SetPresence(grpc::CallbackServerContext* context,
                                                       const v1::SetPresenceRequest* request,
                                                       v1::SetPresenceResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kPresence, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto presence = CheckPresence(request->presence());
  if (!presence.ok()) return Answer(context, presence.status());
  auto* reactor = context->DefaultReactor();
  context_.accounts.SetPresence(*account, *presence, Completion<bool>([reactor](const auto& set) {
    reactor->Finish(ToGrpcStatus(set.status()));
  }));
  return reactor;
}

grpc::ServerUnaryReactor* PresenceService::GetPresence(grpc::CallbackServerContext* context,
                                                       const v1::GetPresenceRequest* request,
                                                       v1::GetPresenceResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kPresence, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  if (request->jid().empty()) {
    *response = OwnPresence(**agent);
    return Answer(context, absl::OkStatus());
  }
  const auto jid = Jid::Parse(request->jid());
  if (!jid.ok() || !jid->resource().empty()) return Answer(context, BadJid(request->jid()));
  if (jid->Bare() == *account) {
    *response = OwnPresence(**agent);
    return Answer(context, absl::OkStatus());
  }
  const bool online = IsOnline(**agent);
  const auto contact = (*agent)->contacts().Find(jid->Bare(), online);
  if (!contact.has_value()) return Answer(context, ContactNotFound(jid->Bare()));
  *response = PresenceOf(*contact, online);
  return Answer(context, absl::OkStatus());
}

grpc::ServerUnaryReactor* PresenceService::SendDirectedPresence(
    grpc::CallbackServerContext* context, const v1::SendDirectedPresenceRequest* request,
    v1::SendDirectedPresenceResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kPresence, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto directed = CheckDirected(*request, *account);
  if (!directed.ok()) return Answer(context, directed.status());
  auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  Completion<bool> shown(
      [reactor, agent = *std::move(agent), directed = *directed](const auto& stored) mutable {
        // Nothing is taken back that was not shown.
        if (stored.ok() && *stored) agent->ShowDirected(std::move(directed));
        reactor->Finish(ToGrpcStatus(stored.status()));
      });
  if (directed->presence.availability == Availability::kOffline) {
    context_.directed.Remove(*account, directed->to, std::move(shown));
  } else {
    context_.directed.Put(*account, *std::move(directed), std::move(shown));
  }
  return reactor;
}

grpc::ServerUnaryReactor* PresenceService::ListDirectedPresences(
    grpc::CallbackServerContext* context, const v1::ListDirectedPresencesRequest* request,
    v1::ListDirectedPresencesResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kPresence, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  // One more than wanted tells whether there is another page.
  context_.directed.List(*account, page->after, page->limit + 1,
                         Completion<std::vector<DirectedPresence>>(
                             [reactor, response, limit = page->limit](auto list) {
                               if (list.ok() && list->size() > limit) {
                                 list->pop_back();
                                 response->set_next_page_token(PageTokenAfter(list->back().to));
                               }
                               for (size_t i = 0; list.ok() && i < list->size(); ++i) {
                                 auto* directed = response->add_directed_presences();
                                 directed->set_to((*list)[i].to);
                                 *directed->mutable_presence() = ToProto((*list)[i].presence);
                               }
                               reactor->Finish(ToGrpcStatus(list.status()));
                             }));
  return reactor;
}

}  // namespace chatwire::xmpp
