#include "xmpp-service/domain/contact_details.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/contact_survey.h"
#include "xmpp-service/domain/discovery_port.h"
#include "xmpp-service/domain/entity_port.h"
#include "xmpp-service/domain/profile_port.h"

namespace chatwire::xmpp {
namespace {

/// Lives in the completions of what is still under way; the result goes out with the last of them.
struct Answers {
  explicit Answers(Completion<ContactDetails> the_done) : done(std::move(the_done)) {}
  ~Answers() { done(std::move(details)); }
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;

  Completion<ContactDetails> done;
  ContactDetails details;
};

}  // namespace

void FindContactDetails(const SessionPorts& ports, const std::string& bare_jid,
                        Completion<ContactDetails> done) {
  auto answers = std::make_shared<Answers>(std::move(done));
  ContactDetails& details = answers->details;
  ports.profiles->GetProfile(bare_jid, Completion<Profile>([answers](auto profile) {
                               answers->details.profile = std::move(profile);
                             }));
  ports.entities->GetLastActivity(bare_jid, Completion<LastActivity>([answers](auto last) {
                                    answers->details.last_activity = std::move(last);
                                  }));
  for (OnlineResource& online : ports.discovery->ResourcesOf(bare_jid)) {
    if (details.clients.size() == kMaximumResources) break;
    details.clients.emplace_back();
    details.clients.back().resource.online = std::move(online);
  }
  for (size_t i = 0; i < details.clients.size(); ++i) {
    const OnlineResource& online = details.clients[i].resource.online;
    const std::string jid = absl::StrCat(bare_jid, "/", online.resource);
    ports.discovery->Describe(bare_jid, online, Completion<EntityInfo>([answers, i](auto info) {
                                answers->details.clients[i].resource.info = std::move(info);
                              }));
    ports.entities->GetSoftwareVersion(jid,
                                       Completion<SoftwareVersion>([answers, i](auto software) {
                                         answers->details.clients[i].software = std::move(software);
                                       }));
    ports.entities->GetLastActivity(jid, Completion<LastActivity>([answers, i](auto idle) {
                                      answers->details.clients[i].idle = std::move(idle);
                                    }));
  }
}

}  // namespace chatwire::xmpp
