#include "xmpp-service/session/stanza_sender.h"

#include <QXmppTask.h>

#include <QTimer>
#include <memory>
#include <utility>

#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/raw_stanza.h"
#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

constexpr std::chrono::seconds kAckTimeout(30);
constexpr size_t kMaximumAnswerBytes = 1 << 20;

absl::Status NoAck() {
  return Error(absl::StatusCode::kDeadlineExceeded, "NO_ACK",
               "sent, but the server has not acknowledged it; it may have it");
}

absl::StatusOr<std::string> AnswerText(const absl::StatusOr<QDomElement>& answer) {
  if (!answer.ok()) {
    // It was up when the question went out, so somebody may have got it.
    const bool lost = HasReason(answer.status(), {"xmpp.chatwire", "SESSION_OFFLINE"});
    return lost ? NoAnswer() : answer.status();
  }
  auto text = ToXmlText(*answer, kMaximumAnswerBytes);
  if (text.has_value()) return *std::move(text);
  return Error(absl::StatusCode::kOutOfRange, "ANSWER_TOO_LONG",
               "the answer has more than 1 MiB, or is nested too deeply");
}

}  // namespace

void StanzaSender::Send(const std::string& xml, const std::string& id,
                        Completion<std::string> done) {
  auto stanza = ReadRawStanza(xml, stream_.account());
  if (!stanza.ok()) {
    done(stanza.status());
    return;
  }
  if (stanza->localName() == QLatin1String("iq")) {
    done(Error(absl::StatusCode::kInvalidArgument, "BAD_STANZA", "use SendIq for an IQ"));
    return;
  }
  if (!stream_.up()) {
    done(SessionOffline(stream_.account()));
    return;
  }
  if (stanza->attribute(QStringLiteral("id")).isEmpty()) {
    stanza->setAttribute(QStringLiteral("id"), QString::fromStdString(id));
  }
  const std::string sent_id = stanza->attribute(QStringLiteral("id")).toStdString();
  auto shared = std::make_shared<Completion<std::string>>(std::move(done));
  QTimer::singleShot(kAckTimeout, stream_.context(), [shared] { (*shared)(NoAck()); });
  stream_.client()
      ->send(RawStanza(*stanza))
      .then(stream_.context(), [shared, sent_id](QXmpp::SendResult&& result) {
        const bool failed = std::holds_alternative<QXmppError>(result);
        (*shared)(failed ? absl::StatusOr<std::string>(NoAck()) : sent_id);
      });
}

absl::StatusOr<bool> StanzaSender::IsSet(const std::string& xml) {
  const auto stanza = ReadRawStanza(xml, stream_.account());
  if (!stanza.ok()) return stanza.status();
  if (stanza->localName() != QLatin1String("iq")) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_STANZA",
                 "use SendStanza for a message or a presence");
  }
  return stanza->attribute(QStringLiteral("type")) == QLatin1String("set");
}

void StanzaSender::Ask(const std::string& xml, absl::Duration timeout,
                       Completion<std::string> done) {
  const auto stanza = ReadRawStanza(xml, stream_.account());
  if (!stanza.ok()) {
    done(stanza.status());
    return;
  }
  if (!stream_.up()) {
    done(SessionOffline(stream_.account()));
    return;
  }
  auto shared = std::make_shared<Completion<std::string>>(std::move(done));
  QTimer::singleShot(absl::ToChronoMilliseconds(timeout), stream_.context(),
                     [shared] { (*shared)(NoAnswer()); });
  stream_.Request(RawIq(*stanza), Completion<QDomElement>([shared](const auto& answer) {
                    (*shared)(AnswerText(answer));
                  }));
}

}  // namespace chatwire::xmpp
