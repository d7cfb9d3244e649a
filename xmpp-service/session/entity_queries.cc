#include "xmpp-service/session/entity_queries.h"

#include <QXmppUtils.h>

#include <chrono>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kPing("urn:xmpp:ping");
constexpr QLatin1StringView kLast("jabber:iq:last");
constexpr QLatin1StringView kTime("urn:xmpp:time");
constexpr QLatin1StringView kVersion("jabber:iq:version");
constexpr QLatin1StringView kQueryName("query");

// A century: nobody has been away for longer, and a Duration can hold it.
constexpr int64_t kMaximumSeconds = int64_t{100} * 366 * 24 * 3600;

absl::StatusOr<LastActivity> ReadLastActivity(const QDomElement& query) {
  int64_t seconds = 0;
  const std::string text = query.attribute(QStringLiteral("seconds")).toStdString();
  if (!absl::SimpleAtoi(text, &seconds) || seconds < 0 || seconds > kMaximumSeconds) {
    return BadAnswer("its number of seconds is none");
  }
  return LastActivity{absl::Seconds(seconds),
                      TruncateUtf8(query.text().toStdString(), kMaximumStatusBytes)};
}

absl::StatusOr<EntityTime> ReadTime(const QDomElement& time) {
  const QString utc = Child(time, QStringLiteral("utc"), kTime).text();
  const QString zone = Child(time, QStringLiteral("tzo"), kTime).text();
  EntityTime answer;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, utc.toStdString(), &answer.time, &error)) {
    return BadAnswer("its time is none");
  }
  answer.utc_offset = absl::Seconds(QXmppUtils::timezoneOffsetFromString(zone));
  return answer;
}

absl::StatusOr<SoftwareVersion> ReadVersion(const QDomElement& query) {
  const auto text = [&query](const QString& name) {
    return TruncateUtf8(Child(query, name, kVersion).text().toStdString(),
                        SoftwareVersion::kMaximumTextBytes);
  };
  return SoftwareVersion{text(QStringLiteral("name")), text(QStringLiteral("version")),
                         text(QStringLiteral("os"))};
}

}  // namespace

void EntityQueries::Ask(const std::string& jid, QLatin1StringView name, QLatin1StringView xmlns,
                        Completion<QDomElement> done) {
  const auto write = [name, xmlns](QXmlStreamWriter& xml) {
    xml.writeStartElement(name);
    xml.writeDefaultNamespace(xmlns);
    xml.writeEndElement();
  };
  stream_.Request(PayloadIq(QXmppIq::Get, jid.empty() ? stream_.domain() : jid, write),
                  std::move(done));
}

template <typename Answer, typename Read>
void EntityQueries::AskFor(const std::string& jid, QLatin1StringView name, QLatin1StringView xmlns,
                           Read read, Completion<Answer> done) {
  Ask(jid, name, xmlns,
      Completion<QDomElement>([name, xmlns, read, done = std::move(done)](auto iq) mutable {
        if (!iq.ok()) {
          done(iq.status());
          return;
        }
        const QDomElement element = Child(*iq, name, xmlns);
        if (element.isNull()) {
          done(BadAnswer("it is empty"));
        } else {
          done(read(element));
        }
      }));
}

void EntityQueries::Ping(const std::string& jid, Completion<Pong> done) {
  const auto begin = std::chrono::steady_clock::now();
  Ask(jid, QLatin1StringView("ping"), kPing,
      Completion<QDomElement>([jid, domain = stream_.domain(), begin,
                               done = std::move(done)](auto iq) mutable {
        const auto took = absl::FromChrono(std::chrono::steady_clock::now() - begin);
        const ErrorMetadata error = MetadataOf(iq.status());
        const auto condition = error.find("condition");
        if (iq.ok()) {
          done(Pong{took, ""});
        } else if (condition != error.end() && ShowsPresenceOf(jid, domain, condition->second)) {
          done(Pong{took, condition->second});
        } else {
          done(iq.status());
        }
      }));
}

void EntityQueries::GetLastActivity(const std::string& jid, Completion<LastActivity> done) {
  AskFor<LastActivity>(jid, kQueryName, kLast, ReadLastActivity, std::move(done));
}

void EntityQueries::GetEntityTime(const std::string& jid, Completion<EntityTime> done) {
  AskFor<EntityTime>(jid, QLatin1StringView("time"), kTime, ReadTime, std::move(done));
}

void EntityQueries::GetSoftwareVersion(const std::string& jid, Completion<SoftwareVersion> done) {
  AskFor<SoftwareVersion>(jid, kQueryName, kVersion, ReadVersion, std::move(done));
}

}  // namespace chatwire::xmpp
