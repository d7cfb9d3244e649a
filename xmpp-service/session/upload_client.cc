#include "xmpp-service/session/upload_client.h"

#include <algorithm>
#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/web_url.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kUpload("urn:xmpp:http:upload:0");
constexpr QLatin1StringView kDiscoItems("http://jabber.org/protocol/disco#items");
constexpr QLatin1StringView kDiscoInfo("http://jabber.org/protocol/disco#info");
constexpr QLatin1StringView kDataForm("jabber:x:data");
// A server has a handful.
constexpr size_t kMaximumItems = 50;
constexpr qsizetype kMaximumHeaderCharacters = 8192;

PayloadIq Query(const std::string& to, QLatin1StringView xmlns) {
  return {QXmppIq::Get, to, [xmlns](QXmlStreamWriter& xml) {
            xml.writeStartElement(QStringLiteral("query"));
            xml.writeDefaultNamespace(xmlns);
            xml.writeEndElement();
          }};
}

/// The children of @p parent with that name, in the same namespace.
std::vector<QDomElement> Children(const QDomElement& parent, const QString& name) {
  std::vector<QDomElement> found;
  for (auto child = parent.firstChildElement(name); !child.isNull();
       child = child.nextSiblingElement(name)) {
    if (child.namespaceURI() == parent.namespaceURI()) found.push_back(child);
  }
  return found;
}

bool TakesFiles(const QDomElement& info) {
  const auto features = Children(info, QStringLiteral("feature"));
  return std::any_of(features.begin(), features.end(), [](const QDomElement& feature) {
    return feature.attribute(QStringLiteral("var")) == kUpload;
  });
}

QString ValueOf(const QDomElement& form, QLatin1StringView variable) {
  for (const QDomElement& field : Children(form, QStringLiteral("field"))) {
    if (field.attribute(QStringLiteral("var")) == variable) {
      return field.firstChildElement(QStringLiteral("value")).text();
    }
  }
  return {};
}

/// Forms of other protocols may stand beside it (XEP-0128).
int64_t MaximumOf(const QDomElement& info) {
  for (auto form = info.firstChildElement(QStringLiteral("x")); !form.isNull();
       form = form.nextSiblingElement(QStringLiteral("x"))) {
    if (form.namespaceURI() != kDataForm) continue;
    if (ValueOf(form, QLatin1StringView("FORM_TYPE")) != kUpload) continue;
    bool ok = false;
    const qlonglong value = ValueOf(form, QLatin1StringView("max-file-size")).toLongLong(&ok);
    return ok && value > 0 ? value : 0;
  }
  return 0;
}

/// Section 5: only these names, and no line ends.
std::optional<std::pair<std::string, std::string>> HeaderOf(const QDomElement& header) {
  const QString name = header.attribute(QStringLiteral("name")).remove(u'\n').remove(u'\r');
  const QString value = header.text().remove(u'\n').remove(u'\r');
  if (value.size() > kMaximumHeaderCharacters) return std::nullopt;
  for (const auto* allowed : {"Authorization", "Cookie", "Expires"}) {
    if (name.compare(QLatin1StringView(allowed), Qt::CaseInsensitive) == 0) {
      return std::pair<std::string, std::string>(allowed, value.toStdString());
    }
  }
  return std::nullopt;
}

absl::StatusOr<UploadSlot> SlotOf(const QDomElement& iq) {
  const QDomElement slot = Child(iq, QStringLiteral("slot"), kUpload);
  const QDomElement put = Child(slot, QStringLiteral("put"), kUpload);
  UploadSlot result;
  result.put_url = put.attribute(QStringLiteral("url")).toStdString();
  result.get_url =
      Child(slot, QStringLiteral("get"), kUpload).attribute(QStringLiteral("url")).toStdString();
  if (!IsWebUrl(result.put_url) || !IsWebUrl(result.get_url)) return BadUploadSlot();
  for (const QDomElement& header : Children(put, QStringLiteral("header"))) {
    auto allowed = HeaderOf(header);
    if (allowed.has_value()) result.headers.push_back(*std::move(allowed));
  }
  return result;
}

}  // namespace

/// One look at the server and its items.
struct UploadClient::Search {
  /// In the order of the server's list; the first one that takes files is taken.
  std::vector<std::string> jids;
  std::vector<std::optional<UploadService>> found;
  size_t unanswered = 0;
};

void UploadClient::OnUp(bool resumed) {
  // Another stream may be one to a server with another configuration.
  if (!resumed) service_.reset();
}

void UploadClient::FindService(Completion<UploadService> done) {
  if (service_.has_value() && stream_.up()) {
    done(*service_);
    return;
  }
  waiting_.push_back(std::move(done));
  if (waiting_.size() > 1) return;
  const std::string domain = stream_.account().substr(stream_.account().find('@') + 1);
  stream_.Request(
      Query(domain, kDiscoItems),
      Completion<QDomElement>([this, domain](const absl::StatusOr<QDomElement>& answer) {
        if (!answer.ok()) {
          Finish(answer.status());
          return;
        }
        std::vector<std::string> jids = {domain};
        const QDomElement query = Child(*answer, QStringLiteral("query"), kDiscoItems);
        for (const QDomElement& item : Children(query, QStringLiteral("item"))) {
          const std::string jid = item.attribute(QStringLiteral("jid")).toStdString();
          // With a node it is not an entity of its own.
          if (!jid.empty() && jid != domain && !item.hasAttribute(QStringLiteral("node")) &&
              jids.size() < kMaximumItems) {
            jids.push_back(jid);
          }
        }
        AskEach(std::move(jids));
      }));
}

void UploadClient::AskEach(std::vector<std::string> jids) {
  auto search = std::make_shared<Search>();
  search->found.resize(jids.size());
  search->unanswered = jids.size();
  search->jids = std::move(jids);
  for (size_t i = 0; i < search->jids.size(); ++i) {
    stream_.Request(Query(search->jids[i], kDiscoInfo),
                    Completion<QDomElement>(
                        [this, search, i](const auto& answer) { OnInfo(*search, i, answer); }));
  }
}

void UploadClient::OnInfo(Search& search, size_t index, const absl::StatusOr<QDomElement>& answer) {
  if (answer.ok()) {
    const QDomElement info = Child(*answer, QStringLiteral("query"), kDiscoInfo);
    if (TakesFiles(info)) {
      search.found[index] = UploadService{search.jids[index], MaximumOf(info)};
    }
  }
  if (--search.unanswered > 0) return;
  const auto first = std::find_if(search.found.begin(), search.found.end(),
                                  [](const auto& service) { return service.has_value(); });
  if (first != search.found.end()) {
    Finish(**first);
  } else if (!stream_.up()) {
    Finish(SessionOffline(stream_.account()));
  } else {
    Finish(NoUploadService());
  }
}

void UploadClient::Finish(const absl::StatusOr<UploadService>& service) {
  if (service.ok()) service_ = *service;
  // Who is told may ask again at once.
  auto waiting = std::exchange(waiting_, {});
  for (auto& done : waiting) done(service);
}

void UploadClient::RequestSlot(const UploadRequest& request, Completion<UploadSlot> done) {
  PayloadIq iq(QXmppIq::Get, request.service, [request](QXmlStreamWriter& xml) {
    xml.writeStartElement(QStringLiteral("request"));
    xml.writeDefaultNamespace(kUpload);
    xml.writeAttribute(QStringLiteral("filename"), QString::fromStdString(request.file_name));
    xml.writeAttribute(QStringLiteral("size"), QString::number(request.size_bytes));
    xml.writeAttribute(QStringLiteral("content-type"), QString::fromStdString(request.media_type));
    xml.writeEndElement();
  });
  stream_.Request(std::move(iq),
                  Completion<QDomElement>(
                      [done = std::move(done)](const absl::StatusOr<QDomElement>& answer) mutable {
                        if (answer.ok()) {
                          done(SlotOf(*answer));
                        } else {
                          done(answer.status());
                        }
                      }));
}

}  // namespace chatwire::xmpp
