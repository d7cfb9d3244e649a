#ifndef CHATWIRE_XMPP_SERVICE_RPC_SCOPES_H_
#define CHATWIRE_XMPP_SERVICE_RPC_SCOPES_H_

#include <set>
#include <string>

namespace chatwire::xmpp {

/// What a token may be good for; each RPC names one in its comment.
namespace scope {
inline constexpr char kAccount[] = "account";
inline constexpr char kChat[] = "chat";
inline constexpr char kCommand[] = "command";
inline constexpr char kDiscovery[] = "discovery";
inline constexpr char kFile[] = "file";
inline constexpr char kPresence[] = "presence";
inline constexpr char kProfile[] = "profile";
/// Any stanza at all. Not part of what Login gives.
inline constexpr char kRaw[] = "raw";
inline constexpr char kRoom[] = "room";
inline constexpr char kRoster[] = "roster";
inline constexpr char kWatch[] = "watch";
}  // namespace scope

/// What an account's owner may do: what Login gives.
inline std::set<std::string> OwnerScopes() {
  return {scope::kAccount,  scope::kChat,    scope::kCommand, scope::kDiscovery, scope::kFile,
          scope::kPresence, scope::kProfile, scope::kRoom,    scope::kRoster,    scope::kWatch};
}

/// What any token can be good for.
inline std::set<std::string> AllScopes() {
  std::set<std::string> scopes = OwnerScopes();
  scopes.insert(scope::kRaw);
  return scopes;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_SCOPES_H_
