#include "xmpp-service/domain/room_roles.h"

#include <array>

namespace chatwire::xmpp {
namespace {

constexpr std::array kRoles = {RoomRole::kNone, RoomRole::kVisitor, RoomRole::kParticipant,
                               RoomRole::kModerator};
constexpr std::array kAffiliations = {RoomAffiliation::kNone, RoomAffiliation::kOutcast,
                                      RoomAffiliation::kMember, RoomAffiliation::kAdmin,
                                      RoomAffiliation::kOwner};

template <typename Enum, size_t kSize>
std::optional<Enum> Find(const std::array<Enum, kSize>& values, absl::string_view text) {
  for (const Enum value : values) {
    if (text == ToString(value)) return value;
  }
  return std::nullopt;
}

}  // namespace

const char* ToString(RoomRole role) {
  switch (role) {
    case RoomRole::kNone:
      return "none";
    case RoomRole::kVisitor:
      return "visitor";
    case RoomRole::kParticipant:
      return "participant";
    case RoomRole::kModerator:
      return "moderator";
  }
  return "none";
}

const char* ToString(RoomAffiliation affiliation) {
  switch (affiliation) {
    case RoomAffiliation::kNone:
      return "none";
    case RoomAffiliation::kOutcast:
      return "outcast";
    case RoomAffiliation::kMember:
      return "member";
    case RoomAffiliation::kAdmin:
      return "admin";
    case RoomAffiliation::kOwner:
      return "owner";
  }
  return "none";
}

std::optional<RoomRole> ParseRoomRole(absl::string_view text) { return Find(kRoles, text); }

std::optional<RoomAffiliation> ParseRoomAffiliation(absl::string_view text) {
  return Find(kAffiliations, text);
}

}  // namespace chatwire::xmpp
