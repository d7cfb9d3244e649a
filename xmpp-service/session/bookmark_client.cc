#include "xmpp-service/session/bookmark_client.h"

#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/bookmark_xml.h"
#include "xmpp-service/session/room_namespaces.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kEvent("http://jabber.org/protocol/pubsub#event");
constexpr QLatin1StringView kOwner("http://jabber.org/protocol/pubsub#owner");
constexpr QLatin1StringView kNodeConfig("http://jabber.org/protocol/pubsub#node_config");

absl::Status Unsupported() {
  return Error(absl::StatusCode::kFailedPrecondition, "BOOKMARKS_UNSUPPORTED",
               "the account's server lacks personal nodes with publish options, in which bookmarks "
               "are kept");
}

/// A server that knows nothing of the question lacks what bookmarks need.
absl::Status Explain(const absl::Status& status) {
  return absl::IsUnimplemented(status) || IsStanzaError(status, "service-unavailable")
             ? Unsupported()
             : status;
}

Completion<QDomElement> WithoutAnswer(Completion<bool> done) {
  return Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
    if (answer.ok()) {
      done(true);
    } else {
      done(Explain(answer.status()));
    }
  });
}

/// `<pubsub><VERB node='urn:xmpp:bookmarks:1'>` around what @p inside writes; @p behind writes what
/// comes after the verb.
template <typename Inside, typename Behind>
PayloadIq PubSubIq(QXmppIq::Type type, QLatin1StringView xmlns, QString verb, Inside inside,
                   Behind behind) {
  return {type, "",
          [xmlns, verb = std::move(verb), inside = std::move(inside),
           behind = std::move(behind)](QXmlStreamWriter& writer) {
            writer.writeStartElement(QStringLiteral("pubsub"));
            writer.writeDefaultNamespace(xmlns);
            writer.writeStartElement(verb);
            writer.writeAttribute(QStringLiteral("node"), kBookmarksNode);
            inside(writer);
            writer.writeEndElement();
            behind(writer);
            writer.writeEndElement();
          }};
}

void WriteNothing(QXmlStreamWriter&) {}

auto ItemWriter(const std::string& room) {
  return [room](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("id"), QString::fromStdString(room));
    writer.writeEndElement();
  };
}

QDomElement ItemsIn(const QDomElement& answer) {
  return Child(Child(answer, QStringLiteral("pubsub"), kPubSubNamespace), QStringLiteral("items"),
               kPubSubNamespace);
}

bool HasFeature(const QDomElement& answer, QLatin1StringView name) {
  const auto query = Child(answer, QStringLiteral("query"), kDiscoInfoNamespace);
  const QString tag = QStringLiteral("feature");
  for (auto it = query.firstChildElement(tag); !it.isNull(); it = it.nextSiblingElement(tag)) {
    if (it.attribute(QStringLiteral("var")) == name) return true;
  }
  return false;
}

}  // namespace

QStringList BookmarkClient::Features() const {
  return {kBookmarksNode + QStringLiteral("+notify")};
}

bool BookmarkClient::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("message")) return false;
  const auto event = Child(stanza, QStringLiteral("event"), kEvent);
  const auto what = event.firstChildElement();
  if (what.attribute(QStringLiteral("node")) != kBookmarksNode) return false;
  // Anybody may send such a stanza; only the account's own node counts.
  const auto from = stanza.attribute(QStringLiteral("from")).toStdString();
  const bool own = from.empty() || from == stream_.account();
  if (!own || listener_ == nullptr || stanza.attribute(QStringLiteral("type")) == u"error") {
    return true;
  }
  if (what.tagName() == QStringLiteral("purge") || what.tagName() == QStringLiteral("delete")) {
    listener_->OnBookmarksCleared();
    return true;
  }
  for (auto item = what.firstChildElement(); !item.isNull(); item = item.nextSiblingElement()) {
    if (item.tagName() == QStringLiteral("retract")) {
      const auto room = ParseRoom(item.attribute(QStringLiteral("id")).toStdString());
      if (room.ok()) listener_->OnBookmarkRemoved(*room);
    } else if (auto bookmark = BookmarkOf(item); bookmark.has_value()) {
      listener_->OnBookmarkSet(*std::move(bookmark));
    }
  }
  return true;
}

void BookmarkClient::List(Completion<std::vector<SecretBookmark>> done) {
  stream_.Request(
      PubSubIq(QXmppIq::Get, kPubSubNamespace, QStringLiteral("items"), WriteNothing, WriteNothing),
      Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
        if (answer.ok()) {
          done(BookmarksOf(ItemsIn(*answer)));
        } else if (IsStanzaError(answer.status(), "item-not-found")) {
          // Nobody has ever set one.
          done(std::vector<SecretBookmark>{});
        } else {
          done(Explain(answer.status()));
        }
      }));
}

void BookmarkClient::CheckSupport(Completion<bool> done) {
  const auto write = [](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kDiscoInfoNamespace);
    writer.writeEndElement();
  };
  // What the account's own address says (XEP-0163, section 6.1).
  stream_.Request(PayloadIq(QXmppIq::Get, stream_.account(), write),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    if (!answer.ok()) {
                      done(Explain(answer.status()));
                    } else if (HasFeature(*answer, kPublishOptions)) {
                      done(true);
                    } else {
                      done(Unsupported());
                    }
                  }));
}

void BookmarkClient::ReadItem(const std::string& room, Completion<QDomElement> done) {
  stream_.Request(PubSubIq(QXmppIq::Get, kPubSubNamespace, QStringLiteral("items"),
                           ItemWriter(room), WriteNothing),
                  Completion<QDomElement>([room, done = std::move(done)](
                                              const absl::StatusOr<QDomElement>& answer) mutable {
                    if (IsStanzaError(answer.status(), "item-not-found")) {
                      done(QDomElement());
                      return;
                    }
                    if (!answer.ok()) {
                      done(Explain(answer.status()));
                      return;
                    }
                    auto item = ItemsIn(*answer).firstChildElement(QStringLiteral("item"));
                    const auto id = [&item] { return item.attribute(QStringLiteral("id")); };
                    while (!item.isNull() && id() != QString::fromStdString(room)) {
                      item = item.nextSiblingElement(QStringLiteral("item"));
                    }
                    done(item);
                  }));
}

void BookmarkClient::Set(BookmarkWish wish, Completion<bool> done) {
  // Without the options a password might be for everybody to read.
  CheckSupport(Completion<bool>([this, wish = std::move(wish),
                                 done = std::move(done)](const auto& supported) mutable {
    if (!supported.ok()) {
      done(supported.status());
      return;
    }
    const std::string room = wish.bookmark.room;
    ReadItem(room, Completion<QDomElement>([this, wish = std::move(wish),
                                            done = std::move(done)](const auto& before) mutable {
               if (before.ok()) {
                 Publish(std::move(wish), *before, /*again=*/true, std::move(done));
               } else {
                 done(before.status());
               }
             }));
  }));
}

void BookmarkClient::Publish(BookmarkWish wish, const QDomElement& before, bool again,
                             Completion<bool> done) {
  const auto item = [wish, before](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("id"), QString::fromStdString(wish.bookmark.room));
    WriteConference(writer, wish, before);
    writer.writeEndElement();
  };
  const auto options = [](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("publish-options"));
    WriteBookmarkOptions(writer, kPublishOptions);
    writer.writeEndElement();
  };
  stream_.Request(
      PubSubIq(QXmppIq::Set, kPubSubNamespace, QStringLiteral("publish"), item, options),
      Completion<QDomElement>(
          [this, wish, before, again, done = std::move(done)](const auto& answer) mutable {
            if (answer.ok()) {
              done(true);
            } else if (!again || !IsStanzaError(answer.status(), "conflict")) {
              done(Explain(answer.status()));
            } else {
              // XEP-0060, section 7.1.5: the node is not as the options want it to be.
              Configure(Completion<bool>([this, wish = std::move(wish), before,
                                          done = std::move(done)](const auto& configured) mutable {
                if (configured.ok()) {
                  Publish(std::move(wish), before, /*again=*/false, std::move(done));
                } else {
                  done(configured.status());
                }
              }));
            }
          }));
}

void BookmarkClient::Configure(Completion<bool> done) {
  const auto form = [](QXmlStreamWriter& writer) { WriteBookmarkOptions(writer, kNodeConfig); };
  stream_.Request(PubSubIq(QXmppIq::Set, kOwner, QStringLiteral("configure"), form, WriteNothing),
                  WithoutAnswer(std::move(done)));
}

void BookmarkClient::Remove(const std::string& room, Completion<bool> done) {
  // Other clients are to hear of it.
  const auto item = [write = ItemWriter(room)](QXmlStreamWriter& writer) {
    writer.writeAttribute(QStringLiteral("notify"), QStringLiteral("true"));
    write(writer);
  };
  stream_.Request(
      PubSubIq(QXmppIq::Set, kPubSubNamespace, QStringLiteral("retract"), item, WriteNothing),
      WithoutAnswer(std::move(done)));
}

}  // namespace chatwire::xmpp
