#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_INTERNET_ADDRESS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_INTERNET_ADDRESS_H_

#include <array>
#include <cstdint>
#include <variant>

namespace chatwire::xmpp {

using Ipv4Address = std::array<uint8_t, 4>;
using Ipv6Address = std::array<uint8_t, 16>;
using IpAddress = std::variant<Ipv4Address, Ipv6Address>;

/// Whether the address is one of the public internet: none of the special-purpose blocks of
/// RFC 6890 (private, loopback, link-local, shared, documentation, reserved), not multicast, and
/// not an IPv6 address that carries an IPv4 address to a gateway.
bool IsPublic(const IpAddress& address);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_INTERNET_ADDRESS_H_
