#include "xmpp-service/journal/schema.h"

namespace chatwire::xmpp {

const std::vector<std::string>& JournalSchema() {
  static const auto* const kSteps = new std::vector<std::string>{
      // What belongs to the journal as a whole: its id, how far it has been compacted.
      "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
      // AUTOINCREMENT: a sequence is never used again, also not after its event was compacted.
      "CREATE TABLE event ("
      "  sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
      "  account TEXT NOT NULL,"
      "  kind INTEGER NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  body BLOB NOT NULL);"
      // Messages that came in: by archive id ('a') and by what all copies share ('c').
      "CREATE TABLE seen ("
      "  account TEXT NOT NULL,"
      "  kind TEXT NOT NULL,"
      "  key TEXT NOT NULL,"
      "  archive_id TEXT NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, kind, key)) WITHOUT ROWID;"
      "CREATE INDEX seen_by_time ON seen (create_time);"
      "CREATE TABLE archive_mark ("
      "  account TEXT PRIMARY KEY,"
      "  archive_id TEXT NOT NULL,"
      "  time INTEGER NOT NULL) WITHOUT ROWID;"
      // Stage: 1 accepted, 2 acknowledged, 3 failed. The body goes once it is not needed any more.
      "CREATE TABLE outgoing ("
      "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
      "  account TEXT NOT NULL,"
      "  message_id TEXT NOT NULL,"
      "  recipient TEXT NOT NULL,"
      "  body TEXT NOT NULL,"
      "  stage INTEGER NOT NULL,"
      "  accept_time INTEGER NOT NULL,"
      "  UNIQUE (account, message_id));"
      "CREATE INDEX outgoing_pending ON outgoing (account, id) WHERE stage = 1;"
      "CREATE TABLE request ("
      "  account TEXT NOT NULL,"
      "  request_id TEXT NOT NULL,"
      "  content TEXT NOT NULL,"
      "  message_id TEXT NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, request_id)) WITHOUT ROWID;"
      "CREATE INDEX request_by_time ON request (create_time);"
      "CREATE TABLE account ("
      "  account TEXT PRIMARY KEY,"
      "  resource TEXT NOT NULL,"
      "  sealed_password BLOB NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  availability INTEGER NOT NULL,"
      "  status TEXT NOT NULL,"
      "  priority INTEGER NOT NULL) WITHOUT ROWID;"
      // Groups: one a line, sorted.
      "CREATE TABLE contact ("
      "  account TEXT NOT NULL,"
      "  jid TEXT NOT NULL,"
      "  name TEXT NOT NULL,"
      "  groups TEXT NOT NULL,"
      "  subscription INTEGER NOT NULL,"
      "  PRIMARY KEY (account, jid)) WITHOUT ROWID;",
      // The messages among the events: with whom (bare JID) and when they were sent.
      "CREATE TABLE history ("
      "  sequence INTEGER PRIMARY KEY,"
      "  account TEXT NOT NULL,"
      "  peer TEXT NOT NULL,"
      "  time INTEGER NOT NULL);"
      "CREATE INDEX history_by_peer ON history (account, peer, sequence, time);"
      "CREATE INDEX history_by_account ON history (account, sequence, time);",
      // Files that are on the web, by the request that is to send them.
      "CREATE TABLE sent_file ("
      "  account TEXT NOT NULL,"
      "  request_id TEXT NOT NULL,"
      "  content TEXT NOT NULL,"
      "  url TEXT NOT NULL,"
      "  file_name TEXT NOT NULL,"
      "  media_type TEXT NOT NULL,"
      "  size_bytes INTEGER NOT NULL,"
      "  sha256 BLOB NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, request_id)) WITHOUT ROWID;"
      "CREATE INDEX sent_file_by_time ON sent_file (create_time);",
      // Content: all that an outgoing message says and does; null in what an older version
      // accepted.
      "ALTER TABLE outgoing ADD COLUMN content BLOB;"
      // Ids of the messages of chats of two, to which later stanzas may refer. Own: written by the
      // account.
      "CREATE TABLE chat_message ("
      "  account TEXT NOT NULL,"
      "  chat TEXT NOT NULL,"
      "  own INTEGER NOT NULL,"
      "  message_id TEXT NOT NULL,"
      "  original_id TEXT NOT NULL,"
      "  create_time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, chat, own, message_id)) WITHOUT ROWID;"
      "CREATE INDEX chat_message_by_time ON chat_message (create_time);"
      "INSERT OR IGNORE INTO chat_message"
      " SELECT account, substr(recipient || '/', 1, instr(recipient || '/', '/') - 1), 1,"
      "  message_id, message_id, accept_time FROM outgoing;",
      // Since when an account says that it is idle (0: it does not), whom it has asked for a
      // subscription, who has asked it, and to whom it shows a presence of its own.
      "ALTER TABLE account ADD COLUMN idle_since INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE contact ADD COLUMN requested INTEGER NOT NULL DEFAULT 0;"
      "CREATE TABLE subscription_request ("
      "  account TEXT NOT NULL,"
      "  jid TEXT NOT NULL,"
      "  message TEXT NOT NULL,"
      "  nickname TEXT NOT NULL,"
      "  request_time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, jid)) WITHOUT ROWID;"
      "CREATE TABLE directed_presence ("
      "  account TEXT NOT NULL,"
      "  jid TEXT NOT NULL,"
      "  availability INTEGER NOT NULL,"
      "  status TEXT NOT NULL,"
      "  priority INTEGER NOT NULL,"
      "  idle_since INTEGER NOT NULL,"
      "  PRIMARY KEY (account, jid)) WITHOUT ROWID;",
      // What the server of an account has been asked, and may have done: StoredAccount.
      "ALTER TABLE account ADD COLUMN sealed_next_password BLOB NOT NULL DEFAULT x'';"
      "ALTER TABLE account ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0;",
      // Rooms that an account wants to be in. A failure: it does not come back by itself.
      "CREATE TABLE joined_room ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  nick TEXT NOT NULL,"
      "  sealed_password BLOB NOT NULL,"
      "  failure_reason TEXT NOT NULL,"
      "  failure_message TEXT NOT NULL,"
      "  PRIMARY KEY (account, room)) WITHOUT ROWID;"
      // How far a room is journalled. Time 0: not looked at yet.
      "CREATE TABLE room_place ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  archive_id TEXT NOT NULL,"
      "  time INTEGER NOT NULL,"
      "  subject TEXT NOT NULL,"
      "  PRIMARY KEY (account, room)) WITHOUT ROWID;"
      // Messages of rooms: by the room's id ('s') and by what all copies share ('c').
      "CREATE TABLE room_seen ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  kind TEXT NOT NULL,"
      "  key TEXT NOT NULL,"
      "  stanza_id TEXT NOT NULL,"
      "  time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, room, kind, key)) WITHOUT ROWID;"
      "CREATE INDEX room_seen_by_time ON room_seen (time);"
      // As outgoing and request. A nick: to this participant only.
      "CREATE TABLE room_outgoing ("
      "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  nick TEXT NOT NULL,"
      "  message_id TEXT NOT NULL,"
      "  request_id TEXT NOT NULL,"
      "  content TEXT NOT NULL,"
      "  body TEXT NOT NULL,"
      "  stage INTEGER NOT NULL,"
      "  accept_time INTEGER NOT NULL,"
      "  UNIQUE (account, message_id),"
      "  UNIQUE (account, request_id));"
      "CREATE INDEX room_outgoing_pending ON room_outgoing (account, room, id) WHERE stage = 1;"
      "CREATE TABLE invitation ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  sender TEXT NOT NULL,"
      "  text TEXT NOT NULL,"
      "  password BLOB NOT NULL,"
      "  direct INTEGER NOT NULL,"
      "  time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, room)) WITHOUT ROWID;",
      // What has become of a message: what differs from its event, as a HistoryMessage. Own: the
      // account wrote it. And up to where the messages of each side were shown to the other one.
      "ALTER TABLE history ADD COLUMN message_id TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE history ADD COLUMN own INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE history ADD COLUMN state BLOB NOT NULL DEFAULT x'';"
      "CREATE INDEX history_by_message ON history (account, peer, message_id, sequence);"
      "CREATE TABLE history_displayed ("
      "  account TEXT NOT NULL,"
      "  peer TEXT NOT NULL,"
      "  own INTEGER NOT NULL,"
      "  sequence INTEGER NOT NULL,"
      "  PRIMARY KEY (account, peer, own)) WITHOUT ROWID;"
      // The history is built anew at this start.
      "DELETE FROM meta WHERE key = 'history_indexed';",
      // The strongest SASL mechanism with which an account has signed in.
      "CREATE TABLE login_pin ("
      "  account TEXT PRIMARY KEY,"
      "  mechanism TEXT NOT NULL) WITHOUT ROWID;",
      // What a request was answered, for who asks again. NULL: not known.
      "ALTER TABLE request ADD COLUMN answer BLOB;",
      // What an account does about its bookmarks: BookmarkPlan.
      "CREATE TABLE bookmark_policy ("
      "  account TEXT PRIMARY KEY,"
      "  autojoin INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE bookmark_room ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  entered INTEGER NOT NULL,"
      "  PRIMARY KEY (account, room)) WITHOUT ROWID;",
      // All that an outgoing message says and does; null in what an older version accepted.
      "ALTER TABLE room_outgoing ADD COLUMN payload BLOB;"
      // Ids of messages of rooms to which later ones may refer: the author's, or the room's.
      "CREATE TABLE room_message ("
      "  account TEXT NOT NULL,"
      "  room TEXT NOT NULL,"
      "  author TEXT NOT NULL,"
      "  id TEXT NOT NULL,"
      "  by_room INTEGER NOT NULL,"
      "  message_id TEXT NOT NULL,"
      "  stanza_id TEXT NOT NULL,"
      "  time INTEGER NOT NULL,"
      "  PRIMARY KEY (account, room, author, id, by_room)) WITHOUT ROWID;"
      "CREATE INDEX room_message_by_time ON room_message (time);"};
  return *kSteps;
}

}  // namespace chatwire::xmpp
