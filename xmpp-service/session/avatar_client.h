#ifndef CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_CLIENT_H_

#include <functional>
#include <string>

#include "xmpp-service/domain/profile_port.h"
#include "xmpp-service/session/profile_client.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Avatars: in PEP (XEP-0084), and in profiles and presence for older clients (XEP-0153).
class AvatarClient final : public SessionPart, public AvatarPort {
 public:
  /// @p profiles lives as long.
  AvatarClient(Stream& stream, ProfileClient& profiles) : stream_(stream), profiles_(profiles) {}

  void GetAvatar(const std::string& jid, Completion<Avatar> done) override;
  void SetAvatar(const std::string& content, Completion<std::string> done) override;
  void RemoveAvatar(Completion<bool> done) override;

 private:
  /// The hash that is announced; "" where there is none.
  void FindHash(const std::string& jid, Completion<std::string> done);
  void FetchData(const std::string& jid, const std::string& hash, Completion<Avatar> done);
  void FetchFromProfile(const std::string& jid, Completion<Avatar> done);
  /// Publishes one item, which @p write writes, at a node of the account.
  void Publish(QLatin1StringView node, const std::string& item,
               std::function<void(QXmlStreamWriter&)> write, Completion<bool> done);
  void PublishMetadata(const std::string& content, const std::string& hash, Completion<bool> done);
  /// Puts the picture, or none, into the profile, and its hash into the presence.
  void SetInProfile(const std::string& content, const std::string& hash, Completion<bool> done);

  Stream& stream_;
  ProfileClient& profiles_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_AVATAR_CLIENT_H_
