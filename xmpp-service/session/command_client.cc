#include "xmpp-service/session/command_client.h"

#include <utility>

#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/command_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kItems("http://jabber.org/protocol/disco#items");

std::vector<Command> CommandsOf(const QDomElement& query) {
  std::vector<Command> commands;
  for (auto item = query.firstChildElement(QStringLiteral("item"));
       !item.isNull() && commands.size() < CommandPort::kMaximumCommands;
       item = item.nextSiblingElement(QStringLiteral("item"))) {
    const auto text = [&item](const char* name) {
      return TruncateUtf8(item.attribute(QLatin1StringView(name)).toStdString(),
                          CommandStep::kMaximumNameBytes);
    };
    if (!text("node").empty()) commands.push_back({text("node"), text("name"), text("jid")});
  }
  return commands;
}

}  // namespace

void CommandClient::ListCommands(const std::string& jid, Completion<std::vector<Command>> done) {
  const auto write = [](QXmlStreamWriter& xml) {
    xml.writeStartElement(QStringLiteral("query"));
    xml.writeDefaultNamespace(kItems);
    xml.writeAttribute(QStringLiteral("node"), kCommandNamespace);
    xml.writeEndElement();
  };
  stream_.Request(PayloadIq(QXmppIq::Get, jid.empty() ? stream_.domain() : jid, write),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    if (!iq.ok()) {
                      done(iq.status());
                      return;
                    }
                    const QDomElement query = Child(*iq, QStringLiteral("query"), kItems);
                    if (query.isNull()) {
                      done(BadAnswer("it has no list of commands"));
                    } else {
                      done(CommandsOf(query));
                    }
                  }));
}

void CommandClient::Run(const CommandStep& step, Completion<CommandResult> done) {
  stream_.Request(PayloadIq(QXmppIq::Set, step.jid.empty() ? stream_.domain() : step.jid,
                            [step](QXmlStreamWriter& xml) { WriteCommandStep(xml, step); }),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    if (!iq.ok()) {
                      done(iq.status());
                      return;
                    }
                    const QDomElement command =
                        Child(*iq, QStringLiteral("command"), kCommandNamespace);
                    done(ReadCommandResult(command));
                  }));
}

}  // namespace chatwire::xmpp
