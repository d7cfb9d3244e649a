#include "mqtt-service/store/schema.h"

namespace chatwire::mqtt {

const std::vector<std::string>& Schema() {
  static const auto* const kSteps = new std::vector<std::string>{
      R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE checkbox (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  virtual_device INTEGER NOT NULL,
  desired INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  version INTEGER NOT NULL,
  availability INTEGER NOT NULL,
  change_source INTEGER NOT NULL,
  change_actor TEXT NOT NULL,
  change_time INTEGER NOT NULL,
  report_time INTEGER,
  create_time INTEGER NOT NULL,
  pending_command TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  change_sequence INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX checkbox_by_change ON checkbox(change_sequence);

CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  checkbox TEXT NOT NULL,
  version INTEGER NOT NULL,
  desired INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  source INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event_id TEXT NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX history_by_checkbox ON history(checkbox, id);

CREATE TABLE command (
  id TEXT PRIMARY KEY,
  checkbox TEXT NOT NULL,
  version INTEGER NOT NULL,
  desired INTEGER NOT NULL,
  status INTEGER NOT NULL,
  publish_stage INTEGER NOT NULL,
  create_time INTEGER NOT NULL,
  confirm_deadline INTEGER NOT NULL,
  expire_time INTEGER NOT NULL,
  origin_account TEXT NOT NULL,
  origin_from TEXT NOT NULL,
  origin_event TEXT NOT NULL,
  told_unconfirmed INTEGER NOT NULL,
  next_deadline INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX command_pending ON command(checkbox, version) WHERE status = 0;
CREATE INDEX command_by_deadline ON command(next_deadline) WHERE status = 0;
CREATE INDEX command_ended ON command(create_time) WHERE status <> 0;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ordering_key TEXT NOT NULL,
  coalesced INTEGER NOT NULL,
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,
  retain INTEGER NOT NULL,
  correlation_data BLOB NOT NULL,
  expire_time INTEGER,
  command_id TEXT NOT NULL
);
CREATE INDEX outbox_coalesced ON outbox(ordering_key) WHERE coalesced = 1;
CREATE INDEX outbox_by_command ON outbox(command_id) WHERE command_id <> '';

CREATE TABLE handled_event (event_id TEXT PRIMARY KEY, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX handled_event_by_time ON handled_event(time);
CREATE TABLE account (jid TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE refused (
  account TEXT NOT NULL,
  jid TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account, jid)
) WITHOUT ROWID;

CREATE TABLE owed_reply (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE request (
  id TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  command_id TEXT NOT NULL,
  time INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX request_by_time ON request(time);
)sql",
      R"sql(
CREATE TABLE delivery (packet_id INTEGER PRIMARY KEY, digest TEXT NOT NULL);
)sql",
      R"sql(
ALTER TABLE history ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
CREATE INDEX history_by_time ON history(time);
)sql",
      R"sql(
ALTER TABLE command ADD COLUMN origin_language INTEGER NOT NULL DEFAULT 0;
ALTER TABLE command ADD COLUMN origin_part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE command ADD COLUMN origin_quiet INTEGER NOT NULL DEFAULT 0;
CREATE TABLE chat_watch (
  account TEXT NOT NULL,
  jid TEXT NOT NULL,
  checkbox TEXT NOT NULL,
  language INTEGER NOT NULL,
  PRIMARY KEY (account, jid, checkbox)
) WITHOUT ROWID;
CREATE INDEX chat_watch_by_checkbox ON chat_watch(checkbox);
)sql",
      // Lists of texts, one a line.
      R"sql(
ALTER TABLE checkbox ADD COLUMN aliases TEXT NOT NULL DEFAULT '';
ALTER TABLE checkbox ADD COLUMN labels TEXT NOT NULL DEFAULT '';
)sql",
      // Which checkboxes a word means; see SpokenKey. Aliases are "tag TAB text" from here on.
      R"sql(
CREATE TABLE checkbox_word (
  word TEXT NOT NULL,
  kind INTEGER NOT NULL,
  checkbox TEXT NOT NULL,
  PRIMARY KEY (word, kind, checkbox)
) WITHOUT ROWID;
CREATE INDEX checkbox_word_by_checkbox ON checkbox_word(checkbox);
)sql",
      // Names are one a line.
      R"sql(
CREATE TABLE discovery (topic TEXT PRIMARY KEY, digest TEXT NOT NULL, names TEXT NOT NULL) WITHOUT ROWID;
)sql",
      R"sql(
ALTER TABLE checkbox ADD COLUMN chat_allow TEXT NOT NULL DEFAULT '';
)sql",
      // Where the answer goes, see ChatPlace.
      R"sql(
ALTER TABLE owed_reply ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE command ADD COLUMN origin_place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat_watch ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
)sql",
      // `device` is what DeviceText writes; the topics are taken from it. `device_unwanted` is what
      // a session at the broker may still listen to.
      R"sql(
ALTER TABLE checkbox ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN qos INTEGER NOT NULL DEFAULT 1;
CREATE TABLE device_topic (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  usage INTEGER NOT NULL,
  link INTEGER NOT NULL,
  checkbox TEXT NOT NULL,
  qos INTEGER NOT NULL,
  said INTEGER NOT NULL,
  UNIQUE (topic, usage, checkbox)
);
CREATE INDEX device_topic_by_checkbox ON device_topic(checkbox);
CREATE INDEX device_topic_by_link ON device_topic(link, topic);
CREATE TABLE device_unwanted (
  topic TEXT NOT NULL,
  link INTEGER NOT NULL,
  PRIMARY KEY (topic, link)
) WITHOUT ROWID;
)sql"};
  return *kSteps;
}

}  // namespace chatwire::mqtt
