#include "xmpp-service/session/command_responder.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "xmpp-service/session/command_xml.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/roster_lookup.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kInfo("http://jabber.org/protocol/disco#info");
constexpr QLatin1StringView kItems("http://jabber.org/protocol/disco#items");

void BeginQuery(QXmlStreamWriter& xml, QLatin1StringView xmlns, const QString& node) {
  xml.writeStartElement(QStringLiteral("query"));
  xml.writeDefaultNamespace(xmlns);
  xml.writeAttribute(QStringLiteral("node"), node);
}

void WriteIdentity(QXmlStreamWriter& xml, const char* type, const std::string& name) {
  xml.writeEmptyElement(QStringLiteral("identity"));
  xml.writeAttribute(QStringLiteral("category"), QStringLiteral("automation"));
  xml.writeAttribute(QStringLiteral("type"), QLatin1StringView(type));
  xml.writeAttribute(QStringLiteral("name"), QString::fromStdString(name));
}

void WriteFeature(QXmlStreamWriter& xml, QLatin1StringView feature) {
  xml.writeEmptyElement(QStringLiteral("feature"));
  xml.writeAttribute(QStringLiteral("var"), feature);
}

}  // namespace

QStringList CommandResponder::Features() const { return {kCommandNamespace}; }

bool CommandResponder::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("iq")) return false;
  const QString type = stanza.attribute(QStringLiteral("type"));
  const QString from = stanza.attribute(QStringLiteral("from"));
  const auto question = [&] {
    return Question{stanza.attribute(QStringLiteral("id")), from, MaySeePresence(stream_, from)};
  };
  if (type == QStringLiteral("get")) {
    const QDomElement items = Child(stanza, QStringLiteral("query"), kItems);
    if (!items.isNull()) return AnswerItems(question(), items);
    const QDomElement info = Child(stanza, QStringLiteral("query"), kInfo);
    return !info.isNull() && AnswerInfo(question(), info);
  }
  const QDomElement command = Child(stanza, QStringLiteral("command"), kCommandNamespace);
  if (type != QStringLiteral("set") || command.isNull()) return false;
  HandleStep(question(), command);
  return true;
}

bool CommandResponder::AnswerItems(const Question& question, const QDomElement& query) {
  if (query.attribute(QStringLiteral("node")) != kCommandNamespace) return false;
  const auto commands =
      host_.CommandsFor(stream_.account(), question.from.toStdString(), question.from_contact);
  const QString jid = QString::fromStdString(stream_.full_jid());
  PayloadIq answer(QXmppIq::Result, question.from.toStdString(), [&](QXmlStreamWriter& xml) {
    BeginQuery(xml, kItems, kCommandNamespace);
    for (const Command& command : commands) {
      xml.writeEmptyElement(QStringLiteral("item"));
      xml.writeAttribute(QStringLiteral("jid"), jid);
      xml.writeAttribute(QStringLiteral("node"), QString::fromStdString(command.node));
      xml.writeAttribute(QStringLiteral("name"), QString::fromStdString(command.name));
    }
    xml.writeEndElement();
  });
  answer.setId(question.id);
  stream_.Send(answer);
  return true;
}

bool CommandResponder::AnswerInfo(const Question& question, const QDomElement& query) {
  const QString node = query.attribute(QStringLiteral("node"));
  if (node.isEmpty()) return false;
  const bool whole_list = node == kCommandNamespace;
  const auto commands =
      host_.CommandsFor(stream_.account(), question.from.toStdString(), question.from_contact);
  const auto command =
      std::find_if(commands.begin(), commands.end(),
                   [name = node.toStdString()](const Command& one) { return one.node == name; });
  // Whatever else it is, it is nothing of ours.
  if (!whole_list && command == commands.end()) return false;
  PayloadIq answer(QXmppIq::Result, question.from.toStdString(), [&](QXmlStreamWriter& xml) {
    BeginQuery(xml, kInfo, node);
    if (whole_list) {
      WriteIdentity(xml, "command-list", "Commands");
    } else {
      WriteIdentity(xml, "command-node", command->name);
      WriteFeature(xml, kCommandNamespace);
      WriteFeature(xml, kDataFormNamespace);
    }
    xml.writeEndElement();
  });
  answer.setId(question.id);
  stream_.Send(answer);
  return true;
}

void CommandResponder::HandleStep(const Question& question, const QDomElement& element) {
  auto step = ReadCommandStep(element);
  if (!step.has_value()) {
    Reply(question, "",
          CommandRefusal{"modify", "bad-request", "malformed-action", "this is no step"});
    return;
  }
  step->jid = question.from.toStdString();
  const std::string node = step->node;
  host_.Handle(stream_.account(), *std::move(step), question.from_contact,
               mailbox_.Bind<CommandReply>([this, question, node](const auto& reply) {
                 if (reply.ok()) {
                   Reply(question, node, *reply);
                 } else {
                   Reply(question, node,
                         CommandRefusal{"wait", "recipient-unavailable", "", "nobody is there"});
                 }
               }));
}

void CommandResponder::Reply(const Question& question, const std::string& node,
                             const CommandReply& reply) {
  const auto* refusal = std::get_if<CommandRefusal>(&reply);
  PayloadIq answer(refusal == nullptr ? QXmppIq::Result : QXmppIq::Error,
                   question.from.toStdString(), [&](QXmlStreamWriter& xml) {
                     if (refusal == nullptr) {
                       WriteCommandResult(xml, node, std::get<CommandResult>(reply));
                     } else {
                       WriteCommandRefusal(xml, *refusal);
                     }
                   });
  answer.setId(question.id);
  stream_.Send(answer);
}

}  // namespace chatwire::xmpp
