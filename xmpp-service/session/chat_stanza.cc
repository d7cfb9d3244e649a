#include "xmpp-service/session/chat_stanza.h"

#include <QXmppElement.h>
#include <QXmppFallback.h>
#include <QXmppMessageReaction.h>
#include <QXmppOutOfBandUrl.h>

#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "common/uuid.h"
#include "xmpp-service/domain/quote.h"
#include "xmpp-service/session/chat_features.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kMucUser("http://jabber.org/protocol/muc#user");
// For clients that do not know retractions; whether one was heard cannot be told.
constexpr QLatin1StringView kRetractionText(
    "I have taken back a message that I had sent before, but your client cannot show that.");

std::string ToStd(const QString& text) { return text.toStdString(); }
QString ToQt(const std::string& text) { return QString::fromStdString(text); }

MessageType TypeOf(QXmppMessage::Type type) {
  switch (type) {
    case QXmppMessage::Chat:
      return MessageType::kChat;
    case QXmppMessage::Headline:
      return MessageType::kHeadline;
    default:
      return MessageType::kNormal;
  }
}

QXmppMessage::Type ToQxmppType(MessageType type) {
  switch (type) {
    case MessageType::kChat:
      return QXmppMessage::Chat;
    case MessageType::kNormal:
      return QXmppMessage::Normal;
    case MessageType::kHeadline:
      return QXmppMessage::Headline;
  }
  return QXmppMessage::Chat;
}

/// What QXmpp does not know of.
QXmppElement Extension(const QXmppMessage& stanza, QLatin1StringView name,
                       QLatin1StringView xmlns) {
  for (const QXmppElement& element : stanza.extensions()) {
    if (element.tagName() == name && element.attribute(QStringLiteral("xmlns")) == xmlns) {
      return element;
    }
  }
  return {};
}

/// The text without the quote for clients that do not know replies; the quote goes to @p reply.
std::string CutQuote(const QXmppMessage& stanza, std::string body, Reply& reply) {
  for (const QXmppFallback& fallback : stanza.fallbackMarkers()) {
    if (fallback.forNamespace() != kReplyXmlns) continue;
    for (const auto& reference : fallback.references()) {
      if (reference.element != QXmppFallback::Body || !reference.range.has_value()) continue;
      std::tie(body, reply.quote) =
          CutCharacters(body, reference.range->start, reference.range->end);
      return body;
    }
  }
  return body;
}

std::optional<Marker> MarkerOf(QXmppMessage::Marker marker) {
  switch (marker) {
    case QXmppMessage::NoMarker:
      return std::nullopt;
    case QXmppMessage::Received:
      return Marker::kReceived;
    case QXmppMessage::Displayed:
      return Marker::kDisplayed;
    case QXmppMessage::Acknowledged:
      return Marker::kAcknowledged;
  }
  return std::nullopt;
}

/// A stanza does one thing: what says most about it comes first.
MessageAction ActionOf(const QXmppMessage& stanza) {
  const QXmppElement retract = Extension(stanza, QLatin1StringView("retract"), kRetractXmlns);
  if (!retract.isNull()) return Retraction{ToStd(retract.attribute(QStringLiteral("id")))};
  if (const auto reaction = stanza.reaction()) {
    Reaction action{ToStd(reaction->messageId()), {}};
    for (const QString& emoji : reaction->emojis()) action.reactions.push_back(ToStd(emoji));
    return action;
  }
  if (!stanza.replaceId().isEmpty()) return Correction{ToStd(stanza.replaceId())};
  // With a text, it is the text that counts.
  if (!stanza.body().isEmpty()) return std::monostate();
  if (!stanza.receiptId().isEmpty()) return Receipt{ToStd(stanza.receiptId())};
  if (const auto marker = MarkerOf(stanza.marker())) {
    return Marking{ToStd(stanza.markedId()), *marker};
  }
  return std::monostate();
}

void WriteText(const OutgoingMessage& message, QXmppMessage& stanza) {
  const MessageDetails& details = message.details;
  std::string quote;
  if (details.reply.has_value()) {
    stanza.setReply(QXmpp::Reply{ToQt(details.reply->author), ToQt(details.reply->message_id)});
    if (!details.reply->quote.empty()) quote = Quoted(details.reply->quote);
  }
  if (!quote.empty()) {
    const QXmppFallback::Range range{0, static_cast<uint32_t>(CountCharacters(quote))};
    stanza.setFallbackMarkers({QXmppFallback(kReplyXmlns, {{QXmppFallback::Body, range}})});
  }
  stanza.setBody(ToQt(quote + message.body));
  // XEP-0085, section 5.1: whoever answers sees that states are welcome.
  if (details.type == MessageType::kChat) stanza.setState(QXmppMessage::Active);
  stanza.setSubject(ToQt(details.subject));
  stanza.setThread(ToQt(details.thread));
  stanza.setParentThread(ToQt(details.parent_thread));
  stanza.setXhtml(ToQt(details.xhtml));
  stanza.setReceiptRequested(details.receipt_requested);
  stanza.setMarkable(details.markable);
  QVector<QXmppOutOfBandUrl> urls;
  for (const Attachment& attachment : details.attachments) {
    QXmppOutOfBandUrl url;
    url.setUrl(ToQt(attachment.url));
    if (!attachment.description.empty()) url.setDescription(ToQt(attachment.description));
    urls.push_back(url);
  }
  stanza.setOutOfBandUrls(urls);
}

/// Hints: who was away gets it later, although there is no text.
struct Write {
  const OutgoingMessage& message;
  QXmppMessage& stanza;

  void operator()(std::monostate) const { WriteText(message, stanza); }
  void operator()(const Correction& action) const {
    WriteText(message, stanza);
    stanza.setReplaceId(ToQt(action.message_id));
  }
  void operator()(const Retraction& action) const {
    QXmppElement retract;
    retract.setTagName(QStringLiteral("retract"));
    retract.setAttribute(QStringLiteral("xmlns"), kRetractXmlns);
    retract.setAttribute(QStringLiteral("id"), ToQt(action.message_id));
    stanza.setExtensions({retract});
    stanza.setBody(kRetractionText);
    stanza.setFallbackMarkers({QXmppFallback(kRetractXmlns, {})});
    stanza.addHint(QXmppMessage::Store);
  }
  void operator()(const Reaction& action) const {
    QVector<QString> emojis;
    for (const std::string& reaction : action.reactions) emojis.push_back(ToQt(reaction));
    QXmppMessageReaction reaction;
    reaction.setMessageId(ToQt(action.message_id));
    reaction.setEmojis(emojis);
    stanza.setReaction(reaction);
    stanza.addHint(QXmppMessage::Store);
  }
  void operator()(const Marking& action) const {
    stanza.setMarker(QXmppMessage::Displayed);
    stanza.setMarkerId(ToQt(action.message_id));
    stanza.addHint(QXmppMessage::Store);
  }
  void operator()(const Receipt& action) const { stanza.setReceiptId(ToQt(action.message_id)); }
};

}  // namespace

void ReadContent(const QXmppMessage& stanza, IncomingMessage& message) {
  message.body = ToStd(stanza.body());
  message.action = ActionOf(stanza);
  message.room_private = !Extension(stanza, QLatin1StringView("x"), kMucUser).isNull();
  MessageDetails& details = message.details;
  details.type = TypeOf(stanza.type());
  details.subject = ToStd(stanza.subject());
  details.thread = ToStd(stanza.thread());
  details.parent_thread = ToStd(stanza.parentThread());
  details.xhtml = ToStd(stanza.xhtml());
  details.receipt_requested = stanza.isReceiptRequested();
  details.markable = stanza.isMarkable();
  for (const QXmppOutOfBandUrl& url : stanza.outOfBandUrls()) {
    details.attachments.push_back({ToStd(url.url()), ToStd(url.description().value_or(QString()))});
  }
  if (const auto reply = stanza.reply()) {
    details.reply = Reply{ToStd(reply->id), ToStd(reply->to), ""};
    message.body = CutQuote(stanza, std::move(message.body), *details.reply);
  }
}

QXmppMessage ToQxmpp(const OutgoingMessage& message) {
  QXmppMessage stanza;
  stanza.setType(ToQxmppType(message.details.type));
  stanza.setTo(ToQt(message.to));
  stanza.setId(ToQt(message.message_id));
  stanza.setOriginId(ToQt(message.message_id));
  std::visit(Write{message, stanza}, message.action);
  return stanza;
}

QXmppMessage MakeReceipt(const IncomingMessage& message) {
  QXmppMessage stanza;
  stanza.setType(ToQxmppType(message.details.type));
  stanza.setTo(ToQt(message.from));
  stanza.setId(ToQt(RandomUuid()));
  stanza.setReceiptId(ToQt(message.id));
  // Whoever has sent something and left still wants to know.
  stanza.addHint(QXmppMessage::Store);
  return stanza;
}

}  // namespace chatwire::xmpp
