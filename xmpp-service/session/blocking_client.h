#ifndef CHATWIRE_XMPP_SERVICE_SESSION_BLOCKING_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_BLOCKING_CLIENT_H_

#include <QDomElement>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "xmpp-service/domain/blocking_event.h"
#include "xmpp-service/domain/blocking_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// The block list (XEP-0191).
///
/// Servers push changes only to clients that have asked for the list on this stream, so it is asked
/// for on each new one; what has changed since the stream before is told as if it were pushed.
class BlockingClient final : public SessionPart, public BlockingPort {
 public:
  explicit BlockingClient(Stream& stream) : stream_(stream) {}

  void ListBlocked(Completion<std::vector<std::string>> done) override;
  void Block(const std::vector<std::string>& jids, Completion<bool> done) override;
  void Unblock(const std::vector<std::string>& jids, Completion<bool> done) override;

  bool OnStanza(const QDomElement& stanza) override;
  void OnUp(bool resumed) override;

 private:
  void Change(const QString& action, const std::vector<std::string>& jids, Completion<bool> done);
  void OnList(const std::vector<std::string>& jids);
  void OnPush(const QDomElement& action);
  void Acknowledge(const QDomElement& push);

  Stream& stream_;
  /// As far as the server has told. Not set: it has not yet.
  std::optional<std::set<std::string>> known_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_BLOCKING_CLIENT_H_
