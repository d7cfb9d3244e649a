#include "xmpp-service/session/profile_client.h"

#include <utility>

#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/vcard_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {

void ProfileClient::GetCard(const std::string& jid, Completion<QDomElement> done) {
  const auto write = [](QXmlStreamWriter& xml) {
    xml.writeStartElement(QStringLiteral("vCard"));
    xml.writeDefaultNamespace(kVCardNamespace);
    xml.writeEndElement();
  };
  // Whoever asks their own server for themselves names nobody (XEP-0054, section 3.1).
  PayloadIq question(QXmppIq::Get, jid == stream_.account() ? "" : jid, write);
  stream_.Request(std::move(question),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    if (iq.ok()) {
                      done(Child(*iq, QStringLiteral("vCard"), kVCardNamespace));
                    } else {
                      done(iq.status());
                    }
                  }));
}

void ProfileClient::GetOwnCard(Completion<QDomElement> done) {
  GetCard("", Completion<QDomElement>([done = std::move(done)](auto card) mutable {
            if (IsStanzaError(card.status(), "item-not-found")) card = QDomElement();
            done(std::move(card));
          }));
}

void ProfileClient::SetCard(std::function<void(QXmlStreamWriter&)> write, Completion<bool> done) {
  stream_.Request(PayloadIq(QXmppIq::Set, "", std::move(write)),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    if (iq.ok()) {
                      done(true);
                    } else {
                      done(iq.status());
                    }
                  }));
}

void ProfileClient::GetProfile(const std::string& jid, Completion<Profile> done) {
  GetCard(jid, Completion<QDomElement>([done = std::move(done)](auto card) mutable {
            if (card.ok()) {
              done(ReadProfile(*card));
            } else {
              done(card.status());
            }
          }));
}

void ProfileClient::SetProfile(const Profile& profile, Completion<bool> done) {
  auto other = ParseOtherXml(profile.other_xml);
  if (!other.ok()) {
    done(other.status());
    return;
  }
  GetOwnCard(Completion<QDomElement>(
      [this, profile, other = *other, done = std::move(done)](auto card) mutable {
        if (!card.ok()) {
          done(card.status());
          return;
        }
        SetCard([profile, other, photo = ReadPhoto(*card)](
                    QXmlStreamWriter& xml) { WriteVCard(xml, profile, other, photo); },
                std::move(done));
      }));
}

}  // namespace chatwire::xmpp
