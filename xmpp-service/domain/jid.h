#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_JID_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_JID_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// An XMPP address (RFC 7622), with local part and domain in lower case.
///
/// The checks are those of ASCII and of length; what the profiles of PRECIS and IDNA say about
/// other characters is left to the server.
class Jid {
 public:
  /// Takes a bare or a full JID.
  /// Errors: INVALID_ARGUMENT/BAD_JID (domain `xmpp.chatwire`).
  static absl::StatusOr<Jid> Parse(absl::string_view text);

  /// Takes `local@domain` only. Errors: as Parse.
  static absl::StatusOr<Jid> ParseBare(absl::string_view text);

  const std::string& local() const { return local_; }
  const std::string& domain() const { return domain_; }
  const std::string& resource() const { return resource_; }

  std::string Bare() const;
  std::string Full() const;

 private:
  Jid(std::string local, std::string domain, std::string resource);

  std::string local_;
  std::string domain_;
  std::string resource_;
};

/// The bare part of an address that a server stamped, in lower case: what stands before the slash.
/// Never fails, for addresses that came from the stream.
std::string BareOf(absl::string_view address);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_JID_H_
