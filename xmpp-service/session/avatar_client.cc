#include "xmpp-service/session/avatar_client.h"

#include <QCryptographicHash>
#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/avatar_xml.h"
#include "xmpp-service/session/vcard_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

absl::Status NoAvatar() {
  return Error(absl::StatusCode::kNotFound, "NO_AVATAR",
               "they have no avatar, or do not show it to the account");
}

/// A picture as it came, in base64.
absl::StatusOr<Avatar> Decode(const QString& base64, AvatarSource source) {
  // Four characters carry three bytes; line ends come on top.
  if (static_cast<size_t>(base64.size()) > 2 * Avatar::kMaximumBytes) {
    return Error(absl::StatusCode::kFailedPrecondition, "AVATAR_TOO_LARGE",
                 "the avatar is over 1,048,576 bytes");
  }
  const QByteArray bytes = QByteArray::fromBase64(base64.toLatin1());
  Avatar avatar;
  avatar.content = bytes.toStdString();
  if (avatar.content.size() > Avatar::kMaximumBytes) {
    return Error(absl::StatusCode::kFailedPrecondition, "AVATAR_TOO_LARGE",
                 "the avatar is over 1,048,576 bytes");
  }
  avatar.mime_type = PictureType(avatar.content);
  if (avatar.mime_type.empty()) return BadAnswer("its avatar is no picture");
  avatar.hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().toStdString();
  avatar.source = source;
  return avatar;
}

/// Whether that means that somebody has nothing, or shows nothing to the account.
bool MeansNothing(const absl::Status& status) {
  for (const char* condition :
       {"item-not-found", "service-unavailable", "feature-not-implemented", "forbidden",
        "not-authorized", "not-allowed", "subscription-required"}) {
    if (IsStanzaError(status, condition)) return true;
  }
  return false;
}

}  // namespace

void AvatarClient::FindHash(const std::string& jid, Completion<std::string> done) {
  stream_.Request(
      PayloadIq(QXmppIq::Get, jid,
                [](QXmlStreamWriter& xml) { WriteItemsRequest(xml, kAvatarMetadata, ""); }),
      Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
        if (iq.ok()) {
          done(HashOfItems(ItemsOf(*iq, kAvatarMetadata)));
        } else if (MeansNothing(iq.status())) {
          done("");
        } else {
          done(iq.status());
        }
      }));
}

void AvatarClient::FetchData(const std::string& jid, const std::string& hash,
                             Completion<Avatar> done) {
  stream_.Request(
      PayloadIq(QXmppIq::Get, jid,
                [hash](QXmlStreamWriter& xml) { WriteItemsRequest(xml, kAvatarData, hash); }),
      Completion<QDomElement>([hash, done = std::move(done)](auto iq) mutable {
        if (!iq.ok()) {
          done(MeansNothing(iq.status()) ? NoAvatar() : iq.status());
          return;
        }
        const QString data = DataOfItems(ItemsOf(*iq, kAvatarData));
        if (data.isEmpty()) {
          done(NoAvatar());
          return;
        }
        auto avatar = Decode(data, AvatarSource::kPep);
        if (avatar.ok() && avatar->hash != hash) {
          avatar = BadAnswer("its avatar is not the one that it announces");
        }
        done(std::move(avatar));
      }));
}

void AvatarClient::FetchFromProfile(const std::string& jid, Completion<Avatar> done) {
  profiles_.GetCard(jid, Completion<QDomElement>([done = std::move(done)](auto card) mutable {
                      if (!card.ok()) {
                        done(MeansNothing(card.status()) ? NoAvatar() : card.status());
                        return;
                      }
                      const VCardPhoto photo = ReadPhoto(*card);
                      if (photo.content.isEmpty()) {
                        done(NoAvatar());
                      } else {
                        done(Decode(photo.content, AvatarSource::kProfile));
                      }
                    }));
}

void AvatarClient::GetAvatar(const std::string& jid, Completion<Avatar> done) {
  FindHash(jid, Completion<std::string>([this, jid, done = std::move(done)](auto hash) mutable {
             if (!hash.ok()) {
               done(hash.status());
             } else if (hash->empty()) {
               FetchFromProfile(jid, std::move(done));
             } else {
               FetchData(
                   jid, *hash,
                   Completion<Avatar>([this, jid, done = std::move(done)](auto avatar) mutable {
                     // Announced, and not there: maybe the profile has one.
                     if (absl::IsNotFound(avatar.status())) {
                       FetchFromProfile(jid, std::move(done));
                     } else {
                       done(std::move(avatar));
                     }
                   }));
             }
           }));
}

void AvatarClient::Publish(QLatin1StringView node, const std::string& item,
                           std::function<void(QXmlStreamWriter&)> write, Completion<bool> done) {
  stream_.Request(PayloadIq(QXmppIq::Set, "",
                            [node, item, write = std::move(write)](QXmlStreamWriter& xml) {
                              WritePublication(xml, node, item, write);
                            }),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    // An account without PEP still has a profile.
                    if (iq.ok() || MeansNothing(iq.status())) {
                      done(iq.ok());
                    } else {
                      done(iq.status());
                    }
                  }));
}

void AvatarClient::PublishMetadata(const std::string& content, const std::string& hash,
                                   Completion<bool> done) {
  Publish(
      kAvatarMetadata, hash,
      [size = content.size(), type = PictureType(content), hash](QXmlStreamWriter& xml) {
        WriteMetadata(xml, hash, type, size);
      },
      std::move(done));
}

void AvatarClient::SetInProfile(const std::string& content, const std::string& hash,
                                Completion<bool> done) {
  VCardPhoto photo;
  if (!content.empty()) {
    photo = {QString::fromStdString(PictureType(content)),
             QString::fromLatin1(QByteArray::fromStdString(content).toBase64())};
  }
  profiles_.GetOwnCard(
      Completion<QDomElement>([this, photo, hash, done = std::move(done)](auto card) mutable {
        if (!card.ok()) {
          done(card.status());
          return;
        }
        profiles_.SetCard(
            [card = *card, photo](QXmlStreamWriter& xml) { WriteVCardWithPhoto(xml, card, photo); },
            Completion<bool>([this, hash, done = std::move(done)](auto set) mutable {
              if (set.ok()) stream_.ShowPhoto(hash);
              done(std::move(set));
            }));
      }));
}

void AvatarClient::SetAvatar(const std::string& content, Completion<std::string> done) {
  const QByteArray bytes = QByteArray::fromStdString(content);
  const std::string hash =
      QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().toStdString();
  Completion<bool> in_profile([hash, done = std::move(done)](auto set) mutable {
    if (set.ok()) {
      done(hash);
    } else {
      done(set.status());
    }
  });
  Completion<bool> announced(
      [this, content, hash, in_profile = std::move(in_profile)](auto set) mutable {
        if (set.ok()) {
          SetInProfile(content, hash, std::move(in_profile));
        } else {
          in_profile(set.status());
        }
      });
  // The data first: whoever reads the announcement can get it (XEP-0084, section 3.1).
  Publish(
      kAvatarData, hash, [bytes](QXmlStreamWriter& xml) { WriteAvatarData(xml, bytes); },
      Completion<bool>([this, content, hash, announced = std::move(announced)](auto set) mutable {
        if (set.ok() && *set) {
          PublishMetadata(content, hash, std::move(announced));
        } else {
          announced(std::move(set));
        }
      }));
}

void AvatarClient::RemoveAvatar(Completion<bool> done) {
  Publish(
      kAvatarMetadata, "", [](QXmlStreamWriter& xml) { WriteMetadata(xml, "", "", 0); },
      Completion<bool>([this, done = std::move(done)](auto removed) mutable {
        if (removed.ok()) {
          SetInProfile("", "", std::move(done));
        } else {
          done(std::move(removed));
        }
      }));
}

}  // namespace chatwire::xmpp
