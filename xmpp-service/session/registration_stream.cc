#include "xmpp-service/session/registration_stream.h"

#include <QXmppRegistrationManager.h>

#include <QTimer>
#include <QUrl>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/qxmpp_configuration.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRegister("jabber:iq:register");
constexpr QLatin1StringView kOutOfBand("jabber:x:oob");
constexpr size_t kMaximumTextBytes = 4096;
constexpr size_t kMaximumNameBytes = 64;
constexpr int kMaximumStanzaBytes = 1024 * 1024;

std::string BoundedText(const QDomElement& element, size_t maximum) {
  return TruncateUtf8(element.text().toStdString(), maximum);
}

/// One field of a form that is no data form (XEP-0077, section 14.1).
FormField LegacyField(const QDomElement& element) {
  FormField field;
  field.name = element.tagName().toStdString();
  field.required = true;
  if (field.name == "password") {
    field.type = FormFieldType::kTextPrivate;
  } else if (field.name == "key") {
    field.type = FormFieldType::kHidden;
    field.values = {BoundedText(element, kMaximumTextBytes)};
  } else {
    field.type = FormFieldType::kTextSingle;
  }
  return field;
}

bool IsField(const QDomElement& element) {
  const QString name = element.tagName();
  return element.namespaceURI() == kRegister && name.size() <= int{kMaximumNameBytes} &&
         name != QLatin1String("instructions") && name != QLatin1String("registered") &&
         name != QLatin1String("remove");
}

RegistrationForm ReadForm(const QDomElement& query) {
  RegistrationForm form;
  form.instructions =
      BoundedText(query.firstChildElement(QStringLiteral("instructions")), kMaximumTextBytes);
  const QDomElement page = Child(query, QStringLiteral("x"), kOutOfBand);
  form.url = BoundedText(page.firstChildElement(QStringLiteral("url")), kMaximumTextBytes);
  form.form = FindDataForm(query);
  if (form.form.has_value()) return form;
  for (QDomElement child = query.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (form.fields.size() == DataForm::kMaximumFields) break;
    if (IsField(child)) form.fields.push_back(LegacyField(child));
  }
  return form;
}

absl::Status ErrorOf(const QDomElement& iq) {
  QXmppIq parsed;
  parsed.parse(iq);
  return StanzaErrorStatus(ToDomain(parsed.error()));
}

}  // namespace

QxmppRegistrationStream::QxmppRegistrationStream(const SessionSettings& settings,
                                                 std::string server)
    : settings_(settings), server_(std::move(server)) {}

QxmppRegistrationStream::~QxmppRegistrationStream() {
  if (client_ == nullptr) return;
  client_->disconnect();
  extension_->Release();
  client_->disconnectFromServer();
  client_.release()->deleteLater();
}

void QxmppRegistrationStream::Open(Completion<RegistrationForm> done) {
  const auto jid = Jid::Parse(server_);
  if (!jid.ok()) {
    done(jid.status());
    return;
  }
  open_done_ = std::move(done);
  client_ = std::make_unique<QXmppClient>(QXmppClient::NoExtensions);
  client_->setLogger(nullptr);
  client_->setProperty("maxStanzaBytes", kMaximumStanzaBytes);
  auto* manager = client_->addNewExtension<QXmppRegistrationManager>();
  manager->setRegisterOnConnectEnabled(true);
  // Sees answers before the manager, which knows neither unknown fields nor pictures.
  extension_ = new PartExtension(*this);
  client_->insertExtension(0, extension_);
  CollectSymptoms(*client_, context_, symptoms_);
  QObject::connect(manager, &QXmppRegistrationManager::registrationFailed, &context_,
                   [this] { Fail(RegistrationClosed(server_)); });
  QObject::connect(client_.get(), &QXmppClient::errorOccurred, &context_,
                   [this] { CheckEndedLater(); });
  QObject::connect(client_.get(), &QXmppClient::disconnected, &context_,
                   [this] { CheckEndedLater(); });
  client_->connectToServer(MakeConfiguration(settings_, {*jid, ""}, "", ""));
}

bool QxmppRegistrationStream::OnStanza(const QDomElement& element) {
  if (element.tagName() != QLatin1String("iq")) return false;
  const QString type = element.attribute(QStringLiteral("type"));
  if (type != QLatin1String("result") && type != QLatin1String("error")) return false;
  // Continuations may drop the stream, which QXmpp is still in.
  QTimer::singleShot(0, &context_, [this, element] { OnRegisterAnswer(element); });
  return true;
}

void QxmppRegistrationStream::OnRegisterAnswer(const QDomElement& iq) {
  const bool refused = iq.attribute(QStringLiteral("type")) == QLatin1String("error");
  if (submit_done_ && iq.attribute(QStringLiteral("id")) == submit_id_) {
    submit_done_(refused ? absl::StatusOr<bool>(ErrorOf(iq)) : true);
  } else if (open_done_ && refused) {
    open_done_(RegistrationError(ErrorOf(iq)));
  } else if (open_done_) {
    const QDomElement query = Child(iq, QStringLiteral("query"), kRegister);
    if (query.isNull()) {
      open_done_(BadAnswer("no registration form"));
    } else {
      open_done_(ReadForm(query));
    }
  }
}

void QxmppRegistrationStream::Submit(const RegistrationForm& answer, Completion<bool> done) {
  submit_done_ = std::move(done);
  if (client_ == nullptr || client_->state() == QXmppClient::DisconnectedState) {
    submit_done_(RegistrationExpired());
    return;
  }
  PayloadIq iq(QXmppIq::Set, server_, [answer](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kRegister);
    for (const FormField& field : answer.fields) {
      writer.writeTextElement(
          QString::fromStdString(field.name),
          QString::fromStdString(field.values.empty() ? "" : field.values.front()));
    }
    if (answer.form.has_value()) WriteDataForm(writer, *answer.form);
    writer.writeEndElement();
  });
  submit_id_ = QString::fromStdString(RandomUuid());
  iq.setId(submit_id_);
  client_->sendPacket(iq);
}

void QxmppRegistrationStream::CheckEndedLater() {
  QTimer::singleShot(0, &context_, [this] {
    const bool ended = client_->state() == QXmppClient::DisconnectedState;
    if (!ended && !symptoms_.error.has_value()) return;
    if (submit_done_) {
      submit_done_(Error(absl::StatusCode::kUnavailable, "SERVER_UNREACHABLE",
                         "the server ended the connection before it answered; it may have "
                         "registered the account"));
    }
    Fail(LoginError(ToFailure(symptoms_)));
  });
}

void QxmppRegistrationStream::Fail(const absl::Status& status) {
  QTimer::singleShot(0, &context_, [this, status] { open_done_(status); });
}

}  // namespace chatwire::xmpp
