#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ENTITY_QUERIES_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ENTITY_QUERIES_H_

#include <string>

#include "xmpp-service/domain/entity_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Pings others (XEP-0199), and asks for their last activity (XEP-0012), time (XEP-0202) and
/// software (XEP-0092).
class EntityQueries final : public SessionPart, public EntityPort {
 public:
  explicit EntityQueries(Stream& stream) : stream_(stream) {}

  void Ping(const std::string& jid, Completion<Pong> done) override;
  void GetLastActivity(const std::string& jid, Completion<LastActivity> done) override;
  void GetEntityTime(const std::string& jid, Completion<EntityTime> done) override;
  void GetSoftwareVersion(const std::string& jid, Completion<SoftwareVersion> done) override;

 private:
  /// Sends an empty element of that name and namespace.
  void Ask(const std::string& jid, QLatin1StringView name, QLatin1StringView xmlns,
           Completion<QDomElement> done);
  /// The same, and gives the element of that name and namespace in the answer to @p read.
  template <typename Answer, typename Read>
  void AskFor(const std::string& jid, QLatin1StringView name, QLatin1StringView xmlns, Read read,
              Completion<Answer> done);

  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ENTITY_QUERIES_H_
