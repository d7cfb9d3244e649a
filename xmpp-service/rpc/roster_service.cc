#include "xmpp-service/rpc/roster_service.h"

#include "common/rpc/authorize.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kRoster;

}  // namespace

grpc::ServerUnaryReactor* RosterService::ListContacts(grpc::CallbackServerContext* context,
                                                      const v1::ListContactsRequest* request,
                                                      v1::ListContactsResponse* response) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  const bool online = (*agent)->connection().state == ConnectionState::kOnline;
  // One more than wanted tells whether there is another page.
  auto contacts = (*agent)->contacts().List(page->after, page->limit + 1, online);
  if (contacts.size() > page->limit) {
    contacts.pop_back();
    response->set_next_page_token(PageTokenAfter(contacts.back().jid));
  }
  for (const Contact& contact : contacts) *response->add_contacts() = ToProto(contact);
  return Answer(context, absl::OkStatus());
}

}  // namespace chatwire::xmpp
