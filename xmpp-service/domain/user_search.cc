#include "xmpp-service/domain/user_search.h"

#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/server_features.h"

namespace chatwire::xmpp {

void FindSearchService(DiscoveryPort& discovery, const std::string& service,
                       Completion<std::string> done) {
  if (!service.empty()) {
    done(service);
    return;
  }
  FindServerFeatures(
      discovery, Completion<ServerFeatures>([done = std::move(done)](auto features) mutable {
        if (!features.ok()) {
          done(features.status());
          return;
        }
        const auto places = WhereIs(*features, "jabber:iq:search");
        if (places.empty()) {
          done(Error(absl::StatusCode::kNotFound, "SEARCH_NOT_OFFERED",
                     "the account's server has no service to search for users; name one in "
                     "`service`"));
        } else {
          done(places.front());
        }
      }));
}

}  // namespace chatwire::xmpp
