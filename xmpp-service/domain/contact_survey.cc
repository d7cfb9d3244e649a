#include "xmpp-service/domain/contact_survey.h"

#include <memory>
#include <utility>

namespace chatwire::xmpp {
namespace {

/// Lives in the completions of what is still under way.
struct Answers {
  explicit Answers(Completion<std::vector<DescribedResource>> the_done)
      : done(std::move(the_done)) {}
  ~Answers() { done(std::move(resources)); }
  Answers(const Answers&) = delete;
  Answers& operator=(const Answers&) = delete;

  Completion<std::vector<DescribedResource>> done;
  std::vector<DescribedResource> resources;
};

}  // namespace

void DescribeResources(DiscoveryPort& discovery, const std::string& bare_jid,
                       Completion<std::vector<DescribedResource>> done) {
  auto answers = std::make_shared<Answers>(std::move(done));
  for (OnlineResource& online : discovery.ResourcesOf(bare_jid)) {
    if (answers->resources.size() == kMaximumResources) break;
    answers->resources.push_back({std::move(online), EntityInfo{}});
  }
  for (size_t i = 0; i < answers->resources.size(); ++i) {
    const OnlineResource& online = answers->resources[i].online;
    discovery.Describe(bare_jid, online, Completion<EntityInfo>([answers, i](auto info) {
                         answers->resources[i].info = std::move(info);
                       }));
  }
}

}  // namespace chatwire::xmpp
