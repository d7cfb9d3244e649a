#include "xmpp-service/session/stream.h"

#include <QXmppTask.h>

#include <QTimer>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/timeout.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<QDomElement> AnswerOf(QXmppClient::IqResult&& result, const std::string& account) {
  const auto* error = std::get_if<QXmppError>(&result);
  if (error == nullptr) return std::get<QDomElement>(std::move(result));
  const auto stanza_error = error->value<QXmppStanza::Error>();
  if (!stanza_error.has_value()) return SessionOffline(account);
  return StanzaErrorStatus(ToDomain(*stanza_error));
}

}  // namespace

std::string Stream::full_jid() const {
  return client_ == nullptr ? std::string() : client_->configuration().jid().toStdString();
}

bool Stream::Send(const QXmppStanza& stanza) { return up_ && client_->sendPacket(stanza); }

void Stream::ShowPhoto(const std::string& hash) {
  photo_hash_ = hash;
  if (!up_) return;
  QXmppPresence presence = client_->clientPresence();
  // An account that shows itself as offline shows nothing.
  if (presence.type() != QXmppPresence::Available) return;
  AddPhoto(presence);
  client_->setClientPresence(presence);
}

void Stream::AddPhoto(QXmppPresence& presence) const {
  if (!photo_hash_.has_value()) return;
  presence.setVCardUpdateType(photo_hash_->empty() ? QXmppPresence::VCardUpdateNoPhoto
                                                   : QXmppPresence::VCardUpdateValidPhoto);
  presence.setPhotoHash(QByteArray::fromHex(QByteArray::fromStdString(*photo_hash_)));
}

void Stream::EndRequests() {
  ended_ = true;
  for (const auto& [number, done] : std::exchange(requests_, {})) (*done)(SessionOffline(account_));
}

void Stream::Request(QXmppIq&& iq, Completion<QDomElement> done) {
  if (ended_) {
    done(SessionOffline(account_));
    return;
  }
  const int number = ++last_request_;
  auto shared = WithTimeout(
      request_timeout_, &context_,
      Completion<QDomElement>([this, number, done = std::move(done)](auto answer) mutable {
        requests_.erase(number);
        done(std::move(answer));
      }));
  requests_[number] = shared;
  if (!up_) {
    QTimer::singleShot(0, &context_, [this, shared] { (*shared)(SessionOffline(account_)); });
    return;
  }
  // QXmpp's own ids come from a counter that threads share without a lock.
  iq.setId(QString::fromStdString(RandomUuid()));
  client_->sendIq(std::move(iq)).then(&context_, [this, shared](QXmppClient::IqResult&& result) {
    // Who asks again from inside a continuation can make QXmpp lose other requests.
    QTimer::singleShot(0, &context_,
                       [this, shared, answer = AnswerOf(std::move(result), account_)]() mutable {
                         (*shared)(std::move(answer));
                       });
  });
}

}  // namespace chatwire::xmpp
