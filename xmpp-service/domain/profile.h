#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace chatwire::xmpp {

/// A postal address.
struct PostalAddress {
  std::string street;
  std::string extended;
  std::string locality;
  std::string region;
  std::string postal_code;
  std::string country;
};

/// Who somebody is, as they say (XEP-0054).
struct Profile {
  static constexpr size_t kMaximumTextBytes = 4096;
  static constexpr size_t kMaximumEntries = 50;
  static constexpr size_t kMaximumOtherBytes = 65'536;

  std::string full_name;
  std::string family_name;
  std::string given_name;
  std::string middle_name;
  std::string nickname;
  std::string birthday;
  std::string title;
  std::string role;
  std::string organization;
  std::vector<std::string> organization_units;
  std::vector<std::string> emails;
  std::vector<std::string> phone_numbers;
  std::vector<std::string> urls;
  std::vector<std::string> jids;
  std::vector<PostalAddress> addresses;
  std::string description;
  /// XML elements of the namespace `vcard-temp`.
  std::string other_xml;
  /// There is a picture in it. Not part of what is set.
  bool has_photo = false;
};

/// Whether @p profile is within the limits and XML can carry its texts. What is in `other_xml` is
/// checked by whoever sends it. Errors: INVALID_ARGUMENT/BAD_PROFILE.
absl::Status CheckProfile(const Profile& profile);

absl::Status BadProfile(const char* why);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_PROFILE_H_
