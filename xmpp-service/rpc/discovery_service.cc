#include "xmpp-service/rpc/discovery_service.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/contact_survey.h"
#include "xmpp-service/domain/discovery_port.h"
#include "xmpp-service/domain/entity_port.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/server_features.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/domain/user_search.h"
#include "xmpp-service/domain/user_search_port.h"
#include "xmpp-service/rpc/address.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/data_form_proto.h"
#include "xmpp-service/wire/discovery_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumNodeBytes = 1023;

absl::Status CheckNode(const std::string& node) {
  if (node.size() <= kMaximumNodeBytes && IsXmlText(node)) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_NODE",
               "`node` is over 1,023 bytes or has a character that XML cannot carry");
}

// A page begins behind what the entity calls its last item, or behind a number of items.
constexpr char kAfter[] = "a";
constexpr char kSkip[] = "s";

absl::StatusOr<ItemsPosition> PositionOf(const std::string& text) {
  ItemsPosition position;
  if (text.empty()) return position;
  const std::string kind = text.substr(0, 1);
  const std::string value = text.substr(1);
  if (kind == kAfter && IsXmlText(value)) {
    position.after = value;
    return position;
  }
  if (kind == kSkip && absl::SimpleAtoi(value, &position.skip)) return position;
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PAGE",
               "`page_token` is not one that ListItems has given");
}

std::string TokenOf(const ItemsPosition& position) {
  return PageTokenAfter(position.after.empty() ? absl::StrCat(kSkip, position.skip)
                                               : absl::StrCat(kAfter, position.after));
}

}  // namespace

grpc::ServerUnaryReactor* DiscoveryService::GetInfo(grpc::CallbackServerContext* context,
                                                    const v1::GetInfoRequest* request,
                                                    v1::GetInfoResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  const absl::Status node = CheckNode(request->node());
  if (!node.ok()) return Answer(context, node);
  return AskSession<EntityInfo>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid, response, request](Session& session, auto done) {
        DiscoveryPort& discovery = *session.ports().discovery;
        response->set_jid(jid.empty() ? ServerOf(discovery.account()) : jid);
        discovery.GetInfo(jid, request->node(), std::move(done));
      },
      [response](const EntityInfo& info) { *response->mutable_info() = ToProto(info); });
}

grpc::ServerUnaryReactor* DiscoveryService::ListItems(grpc::CallbackServerContext* context,
                                                      const v1::ListItemsRequest* request,
                                                      v1::ListItemsResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  const absl::Status node = CheckNode(request->node());
  if (!node.ok()) return Answer(context, node);
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  const auto position = PositionOf(page->after);
  if (!position.ok()) return Answer(context, position.status());
  return AskSession<ItemsPage>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid, position = *position, limit = page->limit, request](Session& session,
                                                                       auto done) {
        session.ports().discovery->ListItems(jid, request->node(), position, limit,
                                             std::move(done));
      },
      [response](const ItemsPage& items) {
        for (const DiscoveryItem& item : items.items) *response->add_items() = ToProto(item);
        if (items.next.has_value()) response->set_next_page_token(TokenOf(*items.next));
      });
}

grpc::ServerUnaryReactor* DiscoveryService::GetServerFeatures(
    grpc::CallbackServerContext* context, const v1::GetServerFeaturesRequest* request,
    v1::GetServerFeaturesResponse* response) {
  return AskSession<ServerFeatures>(
      context, context_, scope::kDiscovery, request->account(),
      [](Session& session, auto done) {
        FindServerFeatures(*session.ports().discovery, std::move(done));
      },
      [response](const ServerFeatures& features) { *response = ToProto(features); });
}

grpc::ServerUnaryReactor* DiscoveryService::Ping(grpc::CallbackServerContext* context,
                                                 const v1::PingRequest* request,
                                                 v1::PingResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<Pong>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().entities->Ping(jid, std::move(done));
      },
      [response](const Pong& pong) {
        *response->mutable_round_trip_time() = chatwire::ToProto(pong.round_trip_time);
        response->set_answer_condition(pong.condition);
      });
}

grpc::ServerUnaryReactor* DiscoveryService::GetLastActivity(
    grpc::CallbackServerContext* context, const v1::GetLastActivityRequest* request,
    v1::GetLastActivityResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<LastActivity>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().entities->GetLastActivity(jid, std::move(done));
      },
      [response](const LastActivity& last) {
        *response->mutable_duration() = chatwire::ToProto(last.duration);
        response->set_status(last.status);
      });
}

grpc::ServerUnaryReactor* DiscoveryService::GetEntityTime(grpc::CallbackServerContext* context,
                                                          const v1::GetEntityTimeRequest* request,
                                                          v1::GetEntityTimeResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<EntityTime>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().entities->GetEntityTime(jid, std::move(done));
      },
      [response](const EntityTime& time) {
        *response->mutable_time() = chatwire::ToProto(time.time);
        *response->mutable_utc_offset() = chatwire::ToProto(time.utc_offset);
      });
}

grpc::ServerUnaryReactor* DiscoveryService::GetSoftwareVersion(
    grpc::CallbackServerContext* context, const v1::GetSoftwareVersionRequest* request,
    v1::GetSoftwareVersionResponse* response) {
  const auto jid = ParseAddress(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  return AskSession<SoftwareVersion>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = *jid](Session& session, auto done) {
        session.ports().entities->GetSoftwareVersion(jid, std::move(done));
      },
      [response](const SoftwareVersion& software) {
        *response->mutable_software() = ToProto(software);
      });
}

grpc::ServerUnaryReactor* DiscoveryService::ListResources(grpc::CallbackServerContext* context,
                                                          const v1::ListResourcesRequest* request,
                                                          v1::ListResourcesResponse* response) {
  const auto caller =
      AuthorizeAccount(*context, context_.tokens, scope::kDiscovery, request->account());
  if (!caller.ok()) return Answer(context, caller.status());
  const auto jid = Jid::ParseBare(request->jid());
  if (!jid.ok()) return Answer(context, jid.status());
  using Resources = std::vector<DescribedResource>;
  return AskSession<Resources>(
      context, context_, scope::kDiscovery, request->account(),
      [jid = jid->Bare()](Session& session, auto done) {
        DescribeResources(*session.ports().discovery, jid, std::move(done));
      },
      [response](const Resources& resources) {
        for (const auto& resource : resources) *response->add_resources() = ToProto(resource);
      });
}

grpc::ServerUnaryReactor* DiscoveryService::GetSearchForm(grpc::CallbackServerContext* context,
                                                          const v1::GetSearchFormRequest* request,
                                                          v1::GetSearchFormResponse* response) {
  const auto service = ParseAddress(request->service());
  if (!service.ok()) return Answer(context, service.status());
  return AskSession<DataForm>(
      context, context_, scope::kDiscovery, request->account(),
      [service = *service, response](Session& session, Completion<DataForm> done) {
        const SessionPorts ports = session.ports();
        FindSearchService(*ports.discovery, service,
                          Completion<std::string>([search = ports.user_search, response,
                                                   done = std::move(done)](auto place) mutable {
                            if (!place.ok()) {
                              done(place.status());
                              return;
                            }
                            response->set_service(*place);
                            search->GetForm(*place, std::move(done));
                          }));
      },
      [response](const DataForm& form) { *response->mutable_form() = ToProto(form); });
}

grpc::ServerUnaryReactor* DiscoveryService::SearchUsers(grpc::CallbackServerContext* context,
                                                        const v1::SearchUsersRequest* request,
                                                        v1::SearchUsersResponse* response) {
  const auto service = ParseAddress(request->service());
  if (!service.ok()) return Answer(context, service.status());
  DataForm form;
  if (request->has_form() && !request->all_users()) {
    auto given = FromProto(request->form());
    if (!given.ok()) return Answer(context, given.status());
    form = *std::move(given);
  }
  return AskSession<FoundUsers>(
      context, context_, scope::kDiscovery, request->account(),
      [service = *service, form = std::move(form), all = request->all_users(), response](
          Session& session, Completion<FoundUsers> done) {
        const SessionPorts ports = session.ports();
        FindSearchService(*ports.discovery, service,
                          Completion<std::string>([search = ports.user_search, response, form, all,
                                                   done = std::move(done)](auto place) mutable {
                            if (!place.ok()) {
                              done(place.status());
                              return;
                            }
                            response->set_service(*place);
                            if (all) {
                              search->SearchAll(*place, std::move(done));
                            } else {
                              search->Search(*place, form, std::move(done));
                            }
                          }));
      },
      [response](const FoundUsers& found) {
        for (const FoundUser& user : found.users) *response->add_users() = ToProto(user);
        response->set_truncated(found.truncated);
      });
}

}  // namespace chatwire::xmpp
