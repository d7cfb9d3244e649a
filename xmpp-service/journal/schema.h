#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SCHEMA_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SCHEMA_H_

#include <string>
#include <vector>

namespace chatwire::xmpp {

/// The steps that make the journal's tables, for sqlite::Migrate. Released steps are never changed.
const std::vector<std::string>& JournalSchema();

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SCHEMA_H_
