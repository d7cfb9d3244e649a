#include "xmpp-service/rpc/roster_service.h"

#include <utility>
#include <vector>

#include "common/rpc/authorize.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/roster_check.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

/// Puts the contact into the response, and ends the call.
template <typename Response>
Completion<Contact> AnswerContact(grpc::ServerUnaryReactor* reactor, Response* response) {
  return Completion<Contact>([reactor, response](const auto& contact) {
    if (contact.ok()) *response->mutable_contact() = ToProto(*contact);
    reactor->Finish(ToGrpcStatus(contact.status()));
  });
}

}  // namespace

absl::StatusOr<RosterService::Target> RosterService::Open(
    const grpc::CallbackServerContext& context, const std::string& account, const std::string& jid,
    const std::string& request_id) {
  const auto allowed = AuthorizeAccount(context, context_.tokens, scope::kRoster, account);
  if (!allowed.ok()) return allowed.status();
  const auto parsed = Jid::Parse(jid);
  if (!parsed.ok() || !parsed->resource().empty() || parsed->Bare() == *allowed) {
    return BadJid(jid);
  }
  if (!request_id.empty() && !IsUuid(request_id)) return BadRequestId();
  auto agent = context_.accounts.Find(*allowed);
  if (!agent.ok()) return agent.status();
  return Target{*std::move(agent), parsed->Bare()};
}

grpc::ServerUnaryReactor* RosterService::ListContacts(grpc::CallbackServerContext* context,
                                                      const v1::ListContactsRequest* request,
                                                      v1::ListContactsResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoster, request->account());
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

grpc::ServerUnaryReactor* RosterService::GetContact(grpc::CallbackServerContext* context,
                                                    const v1::GetContactRequest* request,
                                                    v1::GetContactResponse* response) {
  const auto target = Open(*context, request->account(), request->jid(), "");
  if (!target.ok()) return Answer(context, target.status());
  const bool online = target->agent->connection().state == ConnectionState::kOnline;
  const auto contact = target->agent->contacts().Find(target->jid, online);
  if (!contact.has_value()) return Answer(context, ContactNotFound(target->jid));
  *response->mutable_contact() = ToProto(*contact);
  return Answer(context, absl::OkStatus());
}

grpc::ServerUnaryReactor* RosterService::AddContact(grpc::CallbackServerContext* context,
                                                    const v1::AddContactRequest* request,
                                                    v1::AddContactResponse* response) {
  auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  auto contact = CheckNewContact(*request, target->jid);
  if (!contact.ok()) return Answer(context, contact.status());
  auto* reactor = context->DefaultReactor();
  editor_.Add(target->agent, *std::move(contact), AnswerContact(reactor, response));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::UpdateContact(grpc::CallbackServerContext* context,
                                                       const v1::UpdateContactRequest* request,
                                                       v1::UpdateContactResponse* response) {
  auto target = Open(*context, request->account(), request->contact().jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  auto update = CheckUpdate(*request, target->jid);
  if (!update.ok()) return Answer(context, update.status());
  auto* reactor = context->DefaultReactor();
  editor_.Update(target->agent, *std::move(update), AnswerContact(reactor, response));
  return reactor;
}

grpc::ServerUnaryReactor* RosterService::RemoveContact(grpc::CallbackServerContext* context,
                                                       const v1::RemoveContactRequest* request,
                                                       v1::RemoveContactResponse*) {
  const auto target = Open(*context, request->account(), request->jid(), request->request_id());
  if (!target.ok()) return Answer(context, target.status());
  auto* reactor = context->DefaultReactor();
  editor_.Remove(target->agent, target->jid, request->allow_missing(), AnswerDone(reactor));
  return reactor;
}

}  // namespace chatwire::xmpp
