#include "xmpp-service/domain/error_source.h"

#include <algorithm>

#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

std::string DomainOf(const std::string& bare) {
  const size_t at = bare.find('@');
  return at == std::string::npos ? bare : bare.substr(at + 1);
}

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

bool MayRefuse(const std::string& account, const std::string& to, const std::string& from) {
  // Without a sender it is the account's own server (RFC 6120, section 8.1.2.1).
  if (from.empty() || from == to) return true;
  const std::string sender = BareOf(from);
  const std::string recipient = BareOf(to);
  const bool is_bare = sender.size() == from.size();
  // In a room a resource is a person: none of them speaks for another one.
  if (sender == recipient) return is_bare || to.size() == recipient.size();
  if (is_bare && (sender == account || sender == DomainOf(account))) return true;
  if (is_bare && sender == DomainOf(recipient)) return true;
  // How a server spells what is not ASCII is not known here (RFC 7622, section 3.3).
  return !IsAscii(recipient) && DomainOf(sender) == DomainOf(recipient);
}

}  // namespace chatwire::xmpp
