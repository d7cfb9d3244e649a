#include "xmpp-service/rpc/roster_check.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumNameBytes = 1024;
constexpr int kMaximumGroups = 64;
constexpr size_t kMaximumGroupBytes = 256;

using Groups = google::protobuf::RepeatedPtrField<std::string>;

absl::Status BadContact(absl::string_view why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_CONTACT", why);
}

absl::Status CheckName(const std::string& name) {
  if (name.size() <= kMaximumNameBytes && IsXmlText(name)) return absl::OkStatus();
  return BadContact("`name` is over 1,024 bytes or has a character that XML cannot carry");
}

absl::StatusOr<std::vector<std::string>> CheckGroups(const Groups& groups) {
  if (groups.size() > kMaximumGroups) return BadContact("there are more than 64 `groups`");
  for (const std::string& group : groups) {
    // Groups are kept one a line.
    if (group.empty() || group.size() > kMaximumGroupBytes || !IsXmlText(group) ||
        group.find_first_of("\r\n") != std::string::npos) {
      return BadContact(
          "one of `groups` is empty, over 256 bytes, more than a line, or has a character that XML "
          "cannot carry");
    }
  }
  std::vector<std::string> sorted(groups.begin(), groups.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return sorted;
}

}  // namespace

absl::Status CheckSubscriptionMessage(const std::string& message) {
  if (message.size() <= kMaximumSubscriptionTextBytes && IsXmlText(message)) {
    return absl::OkStatus();
  }
  return BadContact("`message` is over 1,024 bytes or has a character that XML cannot carry");
}

absl::StatusOr<NewContact> CheckNewContact(const v1::AddContactRequest& request, std::string jid) {
  absl::Status status = CheckName(request.name());
  if (!status.ok()) return status;
  auto groups = CheckGroups(request.groups());
  if (!groups.ok()) return groups.status();
  status = CheckSubscriptionMessage(request.message());
  if (!status.ok()) return status;
  return NewContact{std::move(jid), request.name(), *std::move(groups),
                    request.request_subscription(), request.message()};
}

absl::StatusOr<ContactUpdate> CheckUpdate(const v1::UpdateContactRequest& request,
                                          std::string jid) {
  const v1::Contact& contact = request.contact();
  // Without a mask, what is there is meant (AIP-134).
  bool name = request.update_mask().paths().empty() && !contact.name().empty();
  bool groups = request.update_mask().paths().empty() && !contact.groups().empty();
  for (const std::string& path : request.update_mask().paths()) {
    if (path != "name" && path != "groups" && path != "*") {
      return Error(absl::StatusCode::kInvalidArgument, "BAD_UPDATE_MASK",
                   "`update_mask` may have `name`, `groups` and `*`");
    }
    name = name || path != "groups";
    groups = groups || path != "name";
  }
  ContactUpdate update;
  update.jid = std::move(jid);
  if (name) {
    const absl::Status status = CheckName(contact.name());
    if (!status.ok()) return status;
    update.name = contact.name();
  }
  if (groups) {
    auto checked = CheckGroups(contact.groups());
    if (!checked.ok()) return checked.status();
    update.groups = *std::move(checked);
  }
  return update;
}

}  // namespace chatwire::xmpp
