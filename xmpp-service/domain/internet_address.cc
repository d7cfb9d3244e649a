#include "xmpp-service/domain/internet_address.h"

#include <algorithm>
#include <cstddef>

namespace chatwire::xmpp {
namespace {

/// The first @p bits of an address, for blocks of IPv4.
struct Block4 {
  Ipv4Address first;
  unsigned bits;
};

struct Block6 {
  Ipv6Address first;
  unsigned bits;
};

// The IPv4 Special-Purpose Address Registry, and multicast.
constexpr std::array<Block4, 16> kSpecial4 = {{
    {{0, 0, 0, 0}, 8},        // this network
    {{10, 0, 0, 0}, 8},       // private
    {{100, 64, 0, 0}, 10},    // shared by providers
    {{127, 0, 0, 0}, 8},      // loopback
    {{169, 254, 0, 0}, 16},   // link-local, also where clouds serve credentials
    {{172, 16, 0, 0}, 12},    // private
    {{192, 0, 0, 0}, 24},     // protocol assignments
    {{192, 0, 2, 0}, 24},     // documentation
    {{192, 31, 196, 0}, 24},  // AS112
    {{192, 52, 193, 0}, 24},  // AMT
    {{192, 88, 99, 0}, 24},   // 6to4 relays
    {{192, 168, 0, 0}, 16},   // private
    {{198, 18, 0, 0}, 15},    // benchmarks
    {{198, 51, 100, 0}, 24},  // documentation
    {{203, 0, 113, 0}, 24},   // documentation
    {{224, 0, 0, 0}, 3},      // multicast, reserved, broadcast
}};

// Everything outside 2000::/3 is refused anyway.
constexpr std::array<Block6, 5> kSpecial6 = {{
    {{0x20, 0x01, 0x00, 0x00}, 23},              // protocol assignments, Teredo, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32},              // documentation
    {{0x20, 0x02}, 16},                          // 6to4: an IPv4 address inside
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48},  // AS112
    {{0x3f, 0xff, 0x00}, 20},                    // documentation
}};

template <size_t kSize>
bool Within(const std::array<uint8_t, kSize>& address, const std::array<uint8_t, kSize>& first,
            unsigned bits) {
  for (size_t i = 0; i < kSize && bits > 0; ++i) {
    const unsigned taken = std::min(bits, 8U);
    const auto mask = static_cast<uint8_t>(0xffU << (8 - taken));
    if ((address[i] & mask) != (first[i] & mask)) return false;
    bits -= taken;
  }
  return true;
}

constexpr Ipv6Address kGlobalUnicast = {0x20};
constexpr unsigned kGlobalUnicastBits = 3;
constexpr Ipv6Address kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned kMappedBits = 96;

bool IsPublic4(const Ipv4Address& address) {
  return std::none_of(kSpecial4.begin(), kSpecial4.end(), [&address](const Block4& block) {
    return Within(address, block.first, block.bits);
  });
}

bool IsPublic6(const Ipv6Address& address) {
  // The system connects to an IPv4-mapped address by IPv4.
  if (Within(address, kMapped, kMappedBits)) {
    return IsPublic4({address[12], address[13], address[14], address[15]});
  }
  if (!Within(address, kGlobalUnicast, kGlobalUnicastBits)) return false;
  return std::none_of(kSpecial6.begin(), kSpecial6.end(), [&address](const Block6& block) {
    return Within(address, block.first, block.bits);
  });
}

}  // namespace

bool IsPublic(const IpAddress& address) {
  if (const auto* in = std::get_if<Ipv4Address>(&address)) return IsPublic4(*in);
  return IsPublic6(std::get<Ipv6Address>(address));
}

}  // namespace chatwire::xmpp
