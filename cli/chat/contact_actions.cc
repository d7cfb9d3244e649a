#include "cli/chat/contact_actions.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/blocking_service.pb.h"
#include "chatwire/xmpp/v1/presence_service.pb.h"
#include "chatwire/xmpp/v1/roster_service.pb.h"
#include "cli/chat/typed_line.h"
#include "cli/format/words.h"
#include "cli/translate.h"

namespace chatwire::cli {

bool ContactActions::Run(const std::string& name, const std::string& arguments) {
  if (name == "status") return Status(arguments), true;
  if (name == "add") return Add(arguments), true;
  std::string rest = arguments;
  const std::string jid = JidOr(TakeWord(rest));
  const bool known = name == "remove" || name == "accept" || name == "deny" || name == "block" ||
                     name == "unblock";
  if (!known) return false;
  if (jid.empty()) return context_.Complain(absl::Substitute(Tr("/$0 wants a JID"), name)), true;
  if (name == "remove") return Remove(jid), true;
  if (name == "accept") return Accept(jid), true;
  if (name == "deny") return Deny(jid), true;
  if (name == "block") return Block(jid), true;
  return Unblock(jid), true;
}

std::string ContactActions::JidOr(const std::string& typed) const {
  if (!typed.empty()) return typed;
  const Conversation* const shown = context_.model.current();
  const bool contact = shown != nullptr && shown->kind() == ChatKind::kContact;
  return contact ? shown->jid() : "";
}

void ContactActions::Status(std::string arguments) {
  const std::string word = TakeWord(arguments);
  const auto availability = ValueOf<xmpp::v1::Availability>(word, "status");
  if (!availability.ok()) {
    return context_.Complain(
        Tr("/status wants online, chat, away, extended-away, do-not-disturb or offline"));
  }
  xmpp::v1::SetPresenceRequest request;
  request.set_account(context_.model.account);
  request.mutable_presence()->set_availability(*availability);
  request.mutable_presence()->set_status(arguments);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.PresenceService.SetPresence", request,
              absl::Substitute(Tr("others see you as $0"), word));
}

void ContactActions::Add(std::string arguments) {
  const std::string jid = JidOr(TakeWord(arguments));
  if (jid.empty()) return context_.Complain(Tr("/add wants a JID, such as alice@example.org"));
  xmpp::v1::AddContactRequest request;
  request.set_account(context_.model.account);
  request.set_jid(jid);
  request.set_name(arguments);
  request.set_request_subscription(true);
  request.set_request_id(context_.new_id());
  context_.Do(
      "xmpp.v1.RosterService.AddContact", request,
      absl::Substitute(Tr("$0 is a contact now, and was asked to show their presence"), jid));
}

void ContactActions::Remove(const std::string& jid) {
  xmpp::v1::RemoveContactRequest request;
  request.set_account(context_.model.account);
  request.set_jid(jid);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RosterService.RemoveContact", request,
              absl::Substitute(Tr("$0 is no contact any more"), jid));
}

void ContactActions::Accept(const std::string& jid) {
  xmpp::v1::AcceptSubscriptionRequest request;
  request.set_account(context_.model.account);
  request.set_jid(jid);
  request.set_reciprocate(true);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RosterService.AcceptSubscription", request,
              absl::Substitute(Tr("$0 sees your presence now"), jid));
}

void ContactActions::Deny(const std::string& jid) {
  xmpp::v1::DenySubscriptionRequest request;
  request.set_account(context_.model.account);
  request.set_jid(jid);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RosterService.DenySubscription", request,
              absl::Substitute(Tr("$0 does not see your presence"), jid));
}

void ContactActions::Block(const std::string& jid) {
  xmpp::v1::BlockRequest request;
  request.set_account(context_.model.account);
  request.add_jids(jid);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.BlockingService.Block", request,
              absl::Substitute(Tr("$0 is blocked; /unblock $0 undoes it"), jid));
}

void ContactActions::Unblock(const std::string& jid) {
  xmpp::v1::UnblockRequest request;
  request.set_account(context_.model.account);
  request.add_jids(jid);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.BlockingService.Unblock", request,
              absl::Substitute(Tr("$0 is not blocked any more"), jid));
}

}  // namespace chatwire::cli
