#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_PORT_H_

#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/avatar.h"
#include "xmpp-service/domain/profile.h"

namespace chatwire::xmpp {

/// Profiles (XEP-0054) over a session. Threads and errors as those of SessionPorts; an empty
/// address is the account itself.
class ProfilePort {
 public:
  virtual ~ProfilePort() = default;

  virtual void GetProfile(const std::string& jid, Completion<Profile> done) = 0;
  /// Replaces the account's own, but not the picture in it. Errors: also
  /// INVALID_ARGUMENT/BAD_PROFILE.
  virtual void SetProfile(const Profile& profile, Completion<bool> done) = 0;
};

/// Avatars (XEP-0084, XEP-0153) over a session. Threads, errors and addresses as those of
/// ProfilePort.
class AvatarPort {
 public:
  virtual ~AvatarPort() = default;

  /// Errors: also NOT_FOUND/NO_AVATAR, FAILED_PRECONDITION/AVATAR_TOO_LARGE,
  /// UNAVAILABLE/BAD_ANSWER.
  virtual void GetAvatar(const std::string& jid, Completion<Avatar> done) = 0;
  /// Sets the account's own; @p content is a picture (PictureType). Gives its hash.
  virtual void SetAvatar(const std::string& content, Completion<std::string> done) = 0;
  virtual void RemoveAvatar(Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_PORT_H_
