#include "xmpp-service/session/discovery_client.h"

#include <QXmppDiscoveryIq.h>
#include <QXmppRosterManager.h>

#include <QTimer>
#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kInfo("http://jabber.org/protocol/disco#info");
constexpr QLatin1StringView kItems("http://jabber.org/protocol/disco#items");
constexpr QLatin1StringView kPages("http://jabber.org/protocol/rsm");
constexpr size_t kMaximumKnown = 500;
constexpr size_t kMaximumTextBytes = 1024;

std::string Attribute(const QDomElement& element, const char* name) {
  return TruncateUtf8(element.attribute(QLatin1StringView(name)).toStdString(), kMaximumTextBytes);
}

void WriteQuery(QXmlStreamWriter& xml, QLatin1StringView xmlns, const std::string& node) {
  xml.writeStartElement(QStringLiteral("query"));
  xml.writeDefaultNamespace(xmlns);
  if (!node.empty()) xml.writeAttribute(QStringLiteral("node"), QString::fromStdString(node));
}

/// The forms one after the other: FindDataForm reads the first.
std::vector<DataForm> FormsOf(QDomElement query) {
  std::vector<DataForm> forms;
  while (forms.size() < EntityInfo::kMaximumForms) {
    auto form = FindDataForm(query);
    if (!form.has_value()) break;
    forms.push_back(*std::move(form));
    query.removeChild(Child(query, QStringLiteral("x"), kDataFormNamespace));
  }
  return forms;
}

EntityInfo InfoOf(const QDomElement& query) {
  EntityInfo info;
  for (auto child = query.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (child.tagName() == QStringLiteral("identity") &&
        info.identities.size() < EntityInfo::kMaximumIdentities) {
      info.identities.push_back({Attribute(child, "category"), Attribute(child, "type"),
                                 Attribute(child, "name"), Attribute(child, "xml:lang")});
    } else if (child.tagName() == QStringLiteral("feature") &&
               info.features.size() < EntityInfo::kMaximumFeatures) {
      info.features.push_back(Attribute(child, "var"));
    }
  }
  std::sort(info.features.begin(), info.features.end());
  info.features.erase(std::unique(info.features.begin(), info.features.end()), info.features.end());
  // A copy: forms are taken out of it.
  info.forms = FormsOf(query.cloneNode(true).toElement());
  return info;
}

/// What an entity without pages sends is cut here. One that has them says what the last item is.
ItemsPage PageOf(const QDomElement& query, const ItemsPosition& start, size_t limit) {
  ItemsPage page;
  for (auto item = query.firstChildElement(QStringLiteral("item")); !item.isNull();
       item = item.nextSiblingElement(QStringLiteral("item"))) {
    page.items.push_back(
        {Attribute(item, "jid"), Attribute(item, "node"), Attribute(item, "name")});
  }
  const QDomElement set = Child(query, QStringLiteral("set"), kPages);
  const std::string last = Child(set, QStringLiteral("last"), kPages).text().toStdString();
  if (!last.empty() && page.items.size() <= limit && start.skip == 0) {
    // A page that is not full is the last one.
    if (page.items.size() == limit) page.next = ItemsPosition{last, 0};
    return page;
  }
  const size_t begin = std::min(start.skip, page.items.size());
  const size_t end = std::min(begin + limit, page.items.size());
  if (end < page.items.size()) page.next = ItemsPosition{"", end};
  page.items = std::vector<DiscoveryItem>(page.items.begin() + static_cast<std::ptrdiff_t>(begin),
                                          page.items.begin() + static_cast<std::ptrdiff_t>(end));
  return page;
}

/// Whether the answer has the hash that the presence said (XEP-0115, section 5.4).
bool HasHash(const QDomElement& iq, const std::string& hash) {
  QXmppDiscoveryIq parsed;
  parsed.parse(iq);
  return parsed.verificationString().toBase64().toStdString() == hash;
}

}  // namespace

void DiscoveryClient::Ask(const std::string& jid, const std::string& node,
                          Completion<QDomElement> done) {
  stream_.Request(PayloadIq(QXmppIq::Get, jid.empty() ? stream_.domain() : jid,
                            [node](QXmlStreamWriter& xml) {
                              WriteQuery(xml, kInfo, node);
                              xml.writeEndElement();
                            }),
                  std::move(done));
}

void DiscoveryClient::GetInfo(const std::string& jid, const std::string& node,
                              Completion<EntityInfo> done) {
  Ask(jid, node, Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
        if (!iq.ok()) {
          done(iq.status());
          return;
        }
        const QDomElement query = Child(*iq, QStringLiteral("query"), kInfo);
        if (query.isNull()) {
          done(BadAnswer("it has no identities and features"));
        } else {
          done(InfoOf(query));
        }
      }));
}

void DiscoveryClient::ListItems(const std::string& jid, const std::string& node,
                                const ItemsPosition& start, size_t limit,
                                Completion<ItemsPage> done) {
  const auto write = [node, start, limit](QXmlStreamWriter& xml) {
    WriteQuery(xml, kItems, node);
    // Who was asked for the rest of a whole list is not asked for pages again.
    if (start.skip == 0) {
      xml.writeStartElement(QStringLiteral("set"));
      xml.writeDefaultNamespace(kPages);
      xml.writeTextElement(QStringLiteral("max"), QString::number(limit));
      if (!start.after.empty()) {
        xml.writeTextElement(QStringLiteral("after"), QString::fromStdString(start.after));
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  };
  stream_.Request(PayloadIq(QXmppIq::Get, jid.empty() ? stream_.domain() : jid, write),
                  Completion<QDomElement>([start, limit, done = std::move(done)](auto iq) mutable {
                    if (!iq.ok()) {
                      done(iq.status());
                      return;
                    }
                    const QDomElement query = Child(*iq, QStringLiteral("query"), kItems);
                    if (query.isNull()) {
                      done(BadAnswer("it has no list of items"));
                    } else {
                      done(PageOf(query, start, limit));
                    }
                  }));
}

std::vector<OnlineResource> DiscoveryClient::ResourcesOf(const std::string& bare_jid) {
  std::vector<OnlineResource> resources;
  auto* roster =
      stream_.client() == nullptr ? nullptr : stream_.client()->findExtension<QXmppRosterManager>();
  if (roster == nullptr) return resources;
  const auto presences = roster->getAllPresencesForBareJid(QString::fromStdString(bare_jid));
  for (auto entry = presences.begin(); entry != presences.end(); ++entry) {
    const QXmppPresence& presence = entry.value();
    if (presence.type() != QXmppPresence::Available) continue;
    const std::string full_jid = absl::StrCat(bare_jid, "/", entry.key().toStdString());
    if (full_jid == stream_.full_jid()) continue;
    resources.push_back({entry.key().toStdString(),
                         ToDomain(presence),
                         {TruncateUtf8(presence.capabilityNode().toStdString(), kMaximumTextBytes),
                          presence.capabilityVer().toBase64().toStdString()}});
  }
  std::stable_sort(resources.begin(), resources.end(), [](const auto& a, const auto& b) {
    return a.presence.priority > b.presence.priority;
  });
  return resources;
}

void DiscoveryClient::Describe(const std::string& bare_jid, const OnlineResource& resource,
                               Completion<EntityInfo> done) {
  const Capabilities& capabilities = resource.capabilities;
  const auto known = known_.find(capabilities.hash);
  if (!capabilities.hash.empty() && known != known_.end()) {
    auto shared = std::make_shared<Completion<EntityInfo>>(std::move(done));
    QTimer::singleShot(0, stream_.context(), [shared, info = known->second] { (*shared)(info); });
    return;
  }
  const bool hashed = !capabilities.hash.empty() && !capabilities.node.empty();
  const std::string node =
      hashed ? absl::StrCat(capabilities.node, "#", capabilities.hash) : std::string();
  // The stream, and with it this completion, ends with the session at the latest.
  Ask(absl::StrCat(bare_jid, "/", resource.resource), node,
      Completion<QDomElement>(
          [this, hash = capabilities.hash, done = std::move(done)](auto iq) mutable {
            if (!iq.ok()) {
              done(iq.status());
              return;
            }
            EntityInfo info = InfoOf(Child(*iq, QStringLiteral("query"), kInfo));
            if (!hash.empty() && HasHash(*iq, hash)) {
              if (known_.size() >= kMaximumKnown) known_.clear();
              known_[hash] = info;
            }
            done(std::move(info));
          }));
}

}  // namespace chatwire::xmpp
