#include "xmpp-service/domain/profile.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

bool IsGood(const std::string& text) {
  return text.size() <= Profile::kMaximumTextBytes && IsXmlText(text);
}

bool AreGood(const std::vector<std::string>& texts) {
  return texts.size() <= Profile::kMaximumEntries &&
         std::all_of(texts.begin(), texts.end(), IsGood);
}

bool IsGoodAddress(const PostalAddress& address) {
  return IsGood(address.street) && IsGood(address.extended) && IsGood(address.locality) &&
         IsGood(address.region) && IsGood(address.postal_code) && IsGood(address.country);
}

}  // namespace

absl::Status BadProfile(const char* why) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_PROFILE", absl::StrCat("`profile`: ", why));
}

absl::Status CheckProfile(const Profile& profile) {
  for (const auto* text :
       {&profile.full_name, &profile.family_name, &profile.given_name, &profile.middle_name,
        &profile.nickname, &profile.birthday, &profile.title, &profile.role, &profile.organization,
        &profile.description}) {
    if (!IsGood(*text)) {
      return BadProfile("a text is over 4,096 bytes or has a character that XML cannot carry");
    }
  }
  for (const auto* texts : {&profile.organization_units, &profile.emails, &profile.phone_numbers,
                            &profile.urls, &profile.jids}) {
    if (!AreGood(*texts)) {
      return BadProfile("there are over 50 entries of a kind, or one is too long or no text");
    }
  }
  if (profile.addresses.size() > Profile::kMaximumEntries ||
      !std::all_of(profile.addresses.begin(), profile.addresses.end(), IsGoodAddress)) {
    return BadProfile("there are over 50 addresses, or a text in one is too long or no text");
  }
  if (profile.other_xml.size() > Profile::kMaximumOtherBytes || !IsXmlText(profile.other_xml)) {
    return BadProfile("`other_xml` is over 65,536 bytes or has a character that XML cannot carry");
  }
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp
