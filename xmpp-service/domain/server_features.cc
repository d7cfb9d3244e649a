#include "xmpp-service/domain/server_features.h"

#include <memory>
#include <utility>

#include "absl/strings/numbers.h"

namespace chatwire::xmpp {
namespace {

constexpr char kUpload[] = "urn:xmpp:http:upload:0";

std::string DomainOf(const std::string& account) { return account.substr(account.find('@') + 1); }

/// One look at a server. Lives in the completions of what is still under way; the result goes out
/// when the last of them is gone. A completion that brings an error asks nothing more: the port may
/// be going away.
class Survey : public std::enable_shared_from_this<Survey> {
 public:
  Survey(DiscoveryPort& discovery, Completion<ServerFeatures> done)
      : discovery_(discovery), done_(std::move(done)) {}

  ~Survey() {
    if (!failure_.ok()) {
      done_(failure_);
    } else {
      done_(std::move(features_));
    }
  }

  Survey(const Survey&) = delete;
  Survey& operator=(const Survey&) = delete;

  void Begin(const std::string& account) {
    features_.domain = DomainOf(account);
    auto self = shared_from_this();
    discovery_.GetInfo(features_.domain, "", Completion<EntityInfo>([self](auto info) {
                         self->Take(std::move(info), self->features_.server);
                       }));
    discovery_.GetInfo(account, "", Completion<EntityInfo>([self](auto info) {
                         // A server need not answer for its accounts (XEP-0030, section 8).
                         if (info.ok()) self->features_.account = *std::move(info);
                       }));
    discovery_.ListItems(features_.domain, "", {}, ServerFeatures::kMaximumComponents,
                         Completion<ItemsPage>([self](auto page) {
                           if (page.ok()) self->AskComponents(*std::move(page));
                         }));
  }

 private:
  void Take(absl::StatusOr<EntityInfo> info, EntityInfo& place) {
    if (info.ok()) {
      place = *std::move(info);
    } else {
      failure_ = info.status();
    }
  }

  void AskComponents(ItemsPage page) {
    // A node at a component is no component.
    for (DiscoveryItem& item : page.items) {
      if (!item.node.empty() || item.jid == features_.domain) continue;
      features_.components.push_back({std::move(item.jid), std::move(item.name), EntityInfo{}});
    }
    for (size_t i = 0; i < features_.components.size(); ++i) {
      discovery_.GetInfo(features_.components[i].jid, "",
                         Completion<EntityInfo>([self = shared_from_this(), i](auto info) {
                           self->features_.components[i].info = std::move(info);
                         }));
    }
  }

  DiscoveryPort& discovery_;
  Completion<ServerFeatures> done_;
  ServerFeatures features_;
  absl::Status failure_;
};

const EntityInfo* InfoAt(const ServerFeatures& features, const std::string& jid) {
  if (jid == features.domain) return &features.server;
  for (const ServerComponent& component : features.components) {
    if (component.jid == jid && component.info.ok()) return &*component.info;
  }
  return nullptr;
}

}  // namespace

void FindServerFeatures(DiscoveryPort& discovery, Completion<ServerFeatures> done) {
  std::make_shared<Survey>(discovery, std::move(done))->Begin(discovery.account());
}

std::vector<std::string> WhereIs(const ServerFeatures& features, const std::string& feature) {
  std::vector<std::string> places;
  for (const ServerComponent& component : features.components) {
    if (component.info.ok() && component.info->HasFeature(feature)) places.push_back(component.jid);
  }
  if (features.server.HasFeature(feature)) places.push_back(features.domain);
  return places;
}

int64_t MaximumUploadBytes(const ServerFeatures& features, const std::string& upload_service) {
  const EntityInfo* info = InfoAt(features, upload_service);
  if (info == nullptr) return 0;
  for (const DataForm& form : info->forms) {
    int64_t bytes = 0;
    if (form.Value("FORM_TYPE") == kUpload &&
        absl::SimpleAtoi(form.Value("max-file-size"), &bytes) && bytes > 0) {
      return bytes;
    }
  }
  return 0;
}

}  // namespace chatwire::xmpp
