"use strict";

// The page: one row a checkbox, which either is the device or controls it.

const query = new URLSearchParams(location.search);
const base = query.get("base") || "chatwire";
const $ = (id) => document.getElementById(id);
const words = { ON: "on", OFF: "off" };
// A device has a connection of its own, because a connection has one will. A page cannot have any number of them.
const MOST_DEVICES = 100;
const HISTORY_LINES = 20, ANSWER_TIMEOUT_MS = 5000, MANY = 8;
const roleWords = {
  device: "Each checkbox here is the device: it does what it is told over MQTT and reports what it is. Open in several tabs, all of them obey.",
  controller: "Each checkbox here shows what the device has reported. A click asks for a change; the box moves when the device has done it.",
};
let main = null, account = null, role = "device";
let deviceCount = 0;
const rows = new Map(), sortedNames = [], answers = new Map();

// ---- The device behind a row.

class Device {
  constructor(row) {
    this.row = row; this.topic = row.topic; this.state = row.shadow.state || null; this.unsent = null; this.answered = "";
    const availability = `${this.topic}/availability`;
    this.mqtt = new Mqtt(account, { topic: availability, text: "offline" }, () => [`${this.topic}/command`], {
      up: () => { this.mqtt.publish(availability, "online", { retain: true }); if (this.unsent) this.report(...this.unsent); this.catchUp(); },
      down: () => {}, refused: () => {},
      // A retained command would be obeyed at every reconnect.
      message: (topic, text, retained, correlation) => { if (!retained) this.obey(text, correlation); },
    });
  }
  obey(wanted, correlation) {
    if (!words[wanted]) return;
    this.answered = correlation;
    this.report(wanted, correlation);
  }
  // What the retained state wants, where the command itself was missed.
  catchUp() {
    const { pending, desired, correlation_id: id } = this.row.shadow;
    if (pending && id && id !== this.answered && this.mqtt.isUp) this.obey(desired, id);
  }
  report(state, correlation) {
    this.state = state;
    this.unsent = this.mqtt.isUp ? null : [state, correlation];
    const text = JSON.stringify({ state, ...(correlation && { correlation_id: correlation }) });
    if (this.mqtt.isUp) this.mqtt.publish(`${this.topic}/report`, text, { correlation });
    this.row.show();
  }
  update(shadow) {
    if (!this.unsent) this.state = shadow.state;
    // Another tab was closed, and its will says that the device has gone. It has not.
    if (shadow.available === false && this.mqtt.isUp) this.mqtt.publish(`${this.topic}/availability`, "online", { retain: true });
    // The command itself usually arrives too; this is for the one that was missed.
    if (shadow.pending) setTimeout(() => this.catchUp(), 1000);
  }
}

// ---- Asking the service, with an answer.

function ask(topic, text, done) {
  const id = randomHex();
  const timer = setTimeout(() => { answers.delete(id); done(null); }, ANSWER_TIMEOUT_MS);
  answers.set(id, (answer) => { clearTimeout(timer); answers.delete(id); done(answer); });
  main.publish(topic, text, { correlation: id, response: `${base}/response/${main.clientId}` });
}

function answered(text, correlation) {
  const done = answers.get(correlation);
  if (!done) return;
  try { done(JSON.parse(text)); } catch (error) { done(null); }
}

// ---- A row.

class Row {
  constructor(name, shadow) {
    this.name = name; this.topic = `${base}/checkbox/${name}`; this.shadow = shadow; this.device = null; this.problem = "";
    this.makeParts();
    this.setRole();
  }
  makeParts() {
    const make = (tag, id, kind = "") => Object.assign(document.createElement(tag), { id: id && `${id}-${this.name}`, className: kind });
    const label = make("label"), text = make("span"), history = make("details", "history"), summary = make("summary");
    this.item = make("li"); this.box = make("input", "box"); this.title = make("span", "title", "name");
    this.detail = make("span", "detail", "soft"); this.error = make("span", "problem", "bad"); this.lines = make("ol", "lines", "soft");
    this.box.type = "checkbox"; this.box.dataset.name = this.name;
    this.box.setAttribute("aria-describedby", `${this.detail.id} ${this.error.id}`);
    this.box.setAttribute("aria-labelledby", this.title.id);
    this.box.addEventListener("change", () => this.clicked());
    summary.textContent = "History"; summary.className = "soft";
    history.addEventListener("toggle", () => this.loadHistory());
    this.history = history;
    text.append(this.title, document.createElement("br"), this.detail, document.createElement("br"), this.error);
    label.append(this.box, text); history.append(summary, this.lines); this.item.append(label, history);
  }
  setRole() {
    if (this.device && role !== "device") { this.device.mqtt.drop(); this.forgetDevice(); }
    if (!this.device && role === "device" && deviceCount < MOST_DEVICES) { this.device = new Device(this); deviceCount += 1; }
    this.show();
  }
  forgetDevice() { this.device = null; deviceCount -= 1; }
  clicked() {
    const wanted = this.box.checked ? "ON" : "OFF";
    // A person operates the device by hand: it is so, and says so.
    if (this.device) { this.device.report(wanted, ""); return; }
    this.problem = "";
    // It is not so before the device has said it.
    this.show();
    ask(`${this.topic}/set`, JSON.stringify({ state: wanted, through: "panel", ...(account.user && { by: account.user }) }), (answer) => {
      if (!answer) this.problem = "no answer from chatwire-mqttd: it is away, or the broker's rules do not let this user ask";
      else if (!answer.ok) this.problem = answer.message;
      if (this.problem) $("spoken").textContent = `${this.shadow.title || this.name}: ${this.problem}`;
      this.show();
    });
  }
  update(shadow) {
    const before = this.shadow.state;
    this.shadow = shadow;
    if (this.device) this.device.update(shadow);
    if (shadow.state && before !== undefined && before !== shadow.state) $("spoken").textContent = `${shadow.title} is ${words[shadow.state]}`;
    if (this.history.open) this.loadHistory();
    this.show();
  }
  loadHistory() {
    if (!this.history.open) return;
    ask(`${this.topic}/get`, JSON.stringify({ history: HISTORY_LINES }), (answer) => {
      const list = answer && answer.history ? answer.history.map(historyLine)
        : [(answer && answer.message) || "no answer: chatwire-mqttd is away, or the broker's rules do not let this user ask"];
      this.lines.replaceChildren(...list.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    });
  }
  show() {
    const { shadow } = this, state = this.device ? this.device.state : shadow.state;
    this.box.checked = state === "ON";
    this.box.indeterminate = !state;
    this.title.textContent = shadow.title || this.name;
    const by = shadow.changed_by ? `, by ${shadow.changed_by}` : "";
    const agree = shadow.pending ? "waiting for the device" : "agreed";
    const device = shadow.available === null ? "" : `; device ${shadow.available ? "online" : "offline"}`;
    this.detail.textContent = `${this.name}: reported ${words[shadow.state] || "nothing yet"}, wanted ${words[shadow.desired] || "nothing yet"}` +
      (shadow.desired ? ` (${agree}${by}, version ${shadow.version})` : "") + device +
      (role === "device" && !this.device ? `; only controlled: a page is ${MOST_DEVICES} devices at most` : "");
    this.error.textContent = this.problem;
    this.item.hidden = !this.matches($("find").value.trim().toLowerCase());
  }
  matches(text) { return !text || this.name.includes(text) || (this.shadow.title || "").toLowerCase().includes(text); }
  end() { if (this.device) { this.device.mqtt.end(); this.forgetDevice(); } this.item.remove(); }
}

function historyLine({ at, what, state, desired, by }) {
  const time = at ? new Date(at).toLocaleString() : "";
  const which = what === "set" ? `${words[desired] || "?"} wanted` : what === "reported" ? `${words[state] || "?"} reported` : what;
  return `${time} ${which}${by ? `, by ${by}` : ""}`.trim();
}

// ---- The list.

function placeOf(name) {
  let low = 0, high = sortedNames.length;
  while (low < high) { const middle = (low + high) >> 1; if (sortedNames[middle] < name) low = middle + 1; else high = middle; }
  return low;
}

function put(name, shadow) {
  if (rows.has(name)) { rows.get(name).update(shadow); return; }
  const row = new Row(name, shadow), place = placeOf(name), next = sortedNames[place];
  $("boxes").insertBefore(row.item, next ? rows.get(next).item : null);
  sortedNames.splice(place, 0, name);
  rows.set(name, row);
  if (row.device) row.device.update(shadow);
}

function remove(name) {
  if (!rows.has(name)) return;
  rows.get(name).end();
  rows.delete(name);
  sortedNames.splice(placeOf(name), 1);
}

function receive(topic, text, correlation) {
  if (topic === `${base}/bridge/state`) { $("service").textContent = `chatwire-mqttd is ${text}`; return; }
  if (topic.startsWith(`${base}/response/`)) { answered(text, correlation); return; }
  const name = topic.slice(`${base}/checkbox/`.length);
  if (text === "") remove(name);
  else { try { put(name, JSON.parse(text)); } catch (error) { if (!(error instanceof SyntaxError)) throw error; } }
  $("empty").hidden = rows.size > 0;
  $("finder").hidden = rows.size <= MANY;
}

// ---- The page.

function say(text, bad) { $("status").textContent = text; $("status").className = bad ? "bad" : ""; }

function showAccount(connected) { $("login").hidden = connected; $("tools").hidden = $("leave").hidden = !connected; }

function stop() {
  if (main) main.end();
  for (const row of rows.values()) row.end();
  rows.clear(); sortedNames.length = 0;
}

function connect() {
  stop();
  account = { address: $("address").value, user: $("user").value, password: $("password").value };
  say("connecting to " + account.address);
  main = new Mqtt(account, null, (id) => [`${base}/bridge/state`, `${base}/checkbox/+`, `${base}/response/${id}`], {
    up: () => { say("connected to " + account.address); showAccount(true); $("empty").hidden = rows.size > 0; },
    down: (text) => say(text + "; trying again", true),
    refused: (text) => { stop(); say(text, true); showAccount(false); $("password").focus(); },
    message: (topic, text, retained, correlation) => receive(topic, text, correlation),
  });
}

function choose(wanted) {
  role = wanted === "controller" ? "controller" : "device";
  $(`role-${role}`).checked = true;
  $("role-words").textContent = roleWords[role];
  // Not where the browser keeps nothing, as in a private window.
  try { localStorage.setItem("chatwire-role", role); } catch (error) { /* It is asked again next time. */ }
  for (const row of rows.values()) row.setRole();
}

function remembered(name) { try { return localStorage.getItem(name) || ""; } catch (error) { return ""; } }

// The page goes, for good or into the browser's memory, where no script runs: the devices are not there any more, and
// the broker shall say so now and not when it misses their pings.
addEventListener("pagehide", () => {
  if (main) main.end();
  for (const row of rows.values()) if (row.device) row.device.mqtt.drop();
});
addEventListener("pageshow", (event) => { if (event.persisted && main) connect(); });
// Back on the network, or back in the foreground: nobody wants to wait for the next attempt.
function tryAgain() {
  if (main) main.tryAgain();
  for (const row of rows.values()) if (row.device) row.device.mqtt.tryAgain();
}
addEventListener("online", tryAgain);
document.addEventListener("visibilitychange", () => { if (!document.hidden) tryAgain(); });

$("login").addEventListener("submit", (event) => { event.preventDefault(); connect(); });
$("leave").addEventListener("click", () => { stop(); main = null; $("password").value = ""; showAccount(false); say("not connected"); $("user").focus(); });
$("role").addEventListener("change", (event) => choose(event.target.value));
$("find").addEventListener("input", () => { for (const row of rows.values()) row.show(); });
choose(query.get("role") || remembered("chatwire-role"));
const given = new URLSearchParams(location.hash.slice(1));
$("address").value = query.get("ws") || `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/mqtt`;
$("user").value = given.get("user") || "";
$("password").value = given.get("password") || "";
if (given.has("user")) {
  // The password must not stay in the address line, the history or a bookmark.
  history.replaceState(null, "", location.pathname + location.search);
  connect();
}
