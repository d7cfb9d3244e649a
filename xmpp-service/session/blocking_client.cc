#include "xmpp-service/session/blocking_client.h"

#include <QTimer>
#include <QXmlStreamWriter>
#include <algorithm>
#include <iterator>
#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kBlocking("urn:xmpp:blocking");
// Of one push: it becomes one event.
constexpr size_t kMaximumPushedJids = 1000;

/// A server without the XEP says so in one of two ways.
absl::Status OrNoBlocking(const absl::Status& status) {
  if (!IsStanzaError(status, "feature-not-implemented") &&
      !IsStanzaError(status, "service-unavailable")) {
    return status;
  }
  return Error(absl::StatusCode::kUnimplemented, "NO_BLOCKING",
               "the account's server does not offer blocking (XEP-0191)");
}

std::vector<std::string> ItemsOf(const QDomElement& list, size_t maximum) {
  std::vector<std::string> jids;
  for (auto item = list.firstChildElement(QStringLiteral("item"));
       !item.isNull() && jids.size() < maximum;
       item = item.nextSiblingElement(QStringLiteral("item"))) {
    const auto jid = Jid::Parse(item.attribute(QStringLiteral("jid")).toStdString());
    if (jid.ok()) jids.push_back(jid->Full());
  }
  std::sort(jids.begin(), jids.end());
  jids.erase(std::unique(jids.begin(), jids.end()), jids.end());
  return jids;
}

/// What is in @p one and not in @p other, both sorted.
template <typename One, typename Other>
std::vector<std::string> Without(const One& one, const Other& other) {
  std::vector<std::string> rest;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(rest));
  return rest;
}

}  // namespace

void BlockingClient::ListBlocked(Completion<std::vector<std::string>> done) {
  PayloadIq iq(QXmppIq::Get, "", [](QXmlStreamWriter& xml) {
    xml.writeStartElement(QStringLiteral("blocklist"));
    xml.writeDefaultNamespace(kBlocking);
    xml.writeEndElement();
  });
  stream_.Request(std::move(iq),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    if (!answer.ok()) {
                      done(OrNoBlocking(answer.status()));
                      return;
                    }
                    const auto list = Child(*answer, QStringLiteral("blocklist"), kBlocking);
                    // As many as fit into a stanza.
                    done(ItemsOf(list, std::string::npos));
                  }));
}

void BlockingClient::Block(const std::vector<std::string>& jids, Completion<bool> done) {
  Change(QStringLiteral("block"), jids, std::move(done));
}

void BlockingClient::Unblock(const std::vector<std::string>& jids, Completion<bool> done) {
  Change(QStringLiteral("unblock"), jids, std::move(done));
}

void BlockingClient::Change(const QString& action, const std::vector<std::string>& jids,
                            Completion<bool> done) {
  PayloadIq iq(QXmppIq::Set, "", [action, jids](QXmlStreamWriter& xml) {
    xml.writeStartElement(action);
    xml.writeDefaultNamespace(kBlocking);
    for (const std::string& jid : jids) {
      xml.writeEmptyElement(QStringLiteral("item"));
      xml.writeAttribute(QStringLiteral("jid"), QString::fromStdString(jid));
    }
    xml.writeEndElement();
  });
  stream_.Request(std::move(iq),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    if (answer.ok()) {
                      done(true);
                    } else {
                      done(OrNoBlocking(answer.status()));
                    }
                  }));
}

void BlockingClient::OnUp(bool resumed) {
  if (resumed) return;
  ListBlocked(Completion<std::vector<std::string>>([this](const auto& jids) {
    // A server without blocking has nothing to tell.
    if (jids.ok()) OnList(*jids);
  }));
}

void BlockingClient::OnList(const std::vector<std::string>& jids) {
  std::set<std::string> now(jids.begin(), jids.end());
  if (known_.has_value()) {
    BlockListChanged change{Without(now, *known_), Without(*known_, now), false};
    const bool changed = !change.blocked.empty() || !change.unblocked.empty();
    if (changed) stream_.listener().OnEvent(std::move(change));
  }
  known_ = std::move(now);
}

bool BlockingClient::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("iq") ||
      stanza.attribute(QStringLiteral("type")) != QStringLiteral("set")) {
    return false;
  }
  const auto action = stanza.firstChildElement();
  if (action.namespaceURI() != kBlocking) return false;
  const std::string from = stanza.attribute(QStringLiteral("from")).toStdString();
  // Of anybody else it is a request that nobody serves, and answered so.
  if (!from.empty() && (from.find('/') != std::string::npos || BareOf(from) != stream_.account())) {
    return false;
  }
  // Answers to requests take a turn of the event loop: a push must not overtake the list before it.
  QTimer::singleShot(0, stream_.context(), [this, action] { OnPush(action); });
  Acknowledge(stanza);
  return true;
}

void BlockingClient::OnPush(const QDomElement& action) {
  // Before the first list nothing is known that could be brought up to date.
  std::set<std::string> unknown;
  std::set<std::string>& known = known_.has_value() ? *known_ : unknown;
  const auto jids = ItemsOf(action, kMaximumPushedJids);
  BlockListChanged change;
  if (action.tagName() == QStringLiteral("block")) {
    change.blocked = jids;
    known.insert(jids.begin(), jids.end());
  } else if (jids.empty()) {
    change.all_unblocked = true;
    known.clear();
  } else {
    change.unblocked = jids;
    for (const std::string& jid : jids) known.erase(jid);
  }
  const bool news = change.all_unblocked || !change.blocked.empty() || !change.unblocked.empty();
  if (news) stream_.listener().OnEvent(std::move(change));
}

void BlockingClient::Acknowledge(const QDomElement& push) {
  QXmppIq result(QXmppIq::Result);
  result.setId(push.attribute(QStringLiteral("id")));
  result.setTo(push.attribute(QStringLiteral("from")));
  stream_.Send(result);
}

}  // namespace chatwire::xmpp
