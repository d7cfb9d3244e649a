#include "xmpp-service/domain/sasl_mechanism.h"

#include <algorithm>
#include <iterator>

namespace chatwire::xmpp {
namespace {

// The weakest first: PLAIN shows the password; of SCRAM (RFC 5802, RFC 7677) the hash counts.
constexpr const char* kByStrength[] = {"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512",
                                       "SCRAM-SHA3-512"};

const char* const* Find(const std::string& mechanism) {
  return std::find(std::begin(kByStrength), std::end(kByStrength), mechanism);
}

}  // namespace

std::vector<std::string> WeakerThan(const std::string& mechanism) {
  const auto* const found = Find(mechanism);
  if (found == std::end(kByStrength)) return {};
  return {std::begin(kByStrength), found};
}

bool IsStronger(const std::string& mechanism, const std::string& other) {
  const auto* const found = Find(mechanism);
  if (found == std::end(kByStrength)) return false;
  return other.empty() || found > Find(other);
}

}  // namespace chatwire::xmpp
