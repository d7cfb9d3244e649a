"use strict";

// MQTT 5 over WebSocket: the part that devices and controllers need (OASIS MQTT 5.0), QoS 0 and 1.

const utf8 = new TextEncoder();
const CONNACK = 2, PUBLISH = 3, PUBACK = 4, SUBACK = 9;
const RESPONSE_TOPIC = 0x08, CORRELATION_DATA = 0x09;

function bytesOf(...parts) {
  const flat = parts.map((part) => (typeof part === "number" ? [part] : part));
  const all = new Uint8Array(flat.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of flat) { all.set(part, at); at += part.length; }
  return all;
}
const twoBytes = (n) => [n >> 8, n & 255];
function sized(content) {
  const data = typeof content === "string" ? utf8.encode(content) : content;
  return bytesOf(twoBytes(data.length), data);
}
function variableLength(n) {
  const out = [];
  do { const low = n % 128; n = Math.floor(n / 128); out.push(n > 0 ? low | 128 : low); } while (n > 0);
  return out;
}
function packet(first, body) { return bytesOf(first, variableLength(body.length), body); }

class Reader {
  constructor(data) { this.data = data; this.at = 0; }
  byte() { if (this.at >= this.data.length) throw new RangeError("short packet"); return this.data[this.at++]; }
  two() { return this.byte() * 256 + this.byte(); }
  length() {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const b = this.byte();
      value += (b & 127) * factor;
      if (b < 128) return value;
    }
  }
  take(n) { if (this.at + n > this.data.length) throw new RangeError("short packet"); this.at += n; return this.data.slice(this.at - n, this.at); }
  text() { return new TextDecoder().decode(this.take(this.two())); }
  rest() { return this.take(this.data.length - this.at); }
  // Returns the correlation data, if any, and steps over the other properties (section 2.2.2).
  properties() {
    const end = this.length() + this.at;
    let correlation = "";
    while (this.at < end) {
      const id = this.byte();
      if (id === CORRELATION_DATA) correlation = this.text();
      else if ([0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2a].includes(id)) this.take(1);
      else if ([0x13, 0x21, 0x22, 0x23].includes(id)) this.take(2);
      else if ([0x02, 0x11, 0x18, 0x27].includes(id)) this.take(4);
      else if (id === 0x0b) this.length();
      else if (id === 0x26) { this.text(); this.text(); }
      else this.take(this.two());
    }
    return correlation;
  }
}

function randomHex() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
}

// One connection that comes back by itself. `filters` of its client id. `events`: up(), down(words), refused(words),
// message(topic, text, retained, correlation).
class Mqtt {
  constructor(account, will, filters, events) {
    Object.assign(this, account, { will, events });
    // A client id of its own: two tabs with one id would throw each other out for ever.
    this.clientId = "panel-" + randomHex();
    this.filters = filters(this.clientId);
    this.wait = 500; this.retry = 0; this.packetId = 0; this.isUp = false; this.ended = false;
    this.open();
  }
  open() {
    this.input = new Uint8Array(0);
    this.lastHeard = Date.now();
    try { this.socket = new WebSocket(this.address, "mqtt"); } catch (error) { this.ended = true; this.events.refused(error.message); return; }
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => this.send(this.connectPacket());
    this.socket.onmessage = (event) => this.receive(new Uint8Array(event.data));
    this.socket.onclose = () => this.lost();
    this.timer = setInterval(() => this.ping(), 10000);
  }
  connectPacket() {
    let flags = 2, payload = sized(this.clientId);
    if (this.will) { flags |= 4 | 8 | 32; payload = bytesOf(payload, 0, sized(this.will.topic), sized(this.will.text)); }
    if (this.user) { flags |= 128; payload = bytesOf(payload, sized(this.user)); }
    if (this.password) { flags |= 64; payload = bytesOf(payload, sized(this.password)); }
    return packet(0x10, bytesOf(sized("MQTT"), 5, flags, twoBytes(25), 0, payload));
  }
  send(data) { if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data); }
  ping() { if (Date.now() - this.lastHeard > 30000) this.socket.close(); else this.send(packet(0xc0, [])); }
  receive(data) {
    this.lastHeard = Date.now();
    this.input = bytesOf(this.input, data);
    for (;;) {
      const reader = new Reader(this.input);
      let first, body;
      try { first = reader.byte(); body = reader.take(reader.length()); } catch (error) { return; }
      this.input = this.input.slice(reader.at);
      this.handle(first, new Reader(body));
    }
  }
  handle(first, body) {
    const type = first >> 4;
    if (type === CONNACK) { body.byte(); this.connected(body.byte()); }
    if (type === SUBACK && !this.isUp) this.subscribed(body);
    if (type !== PUBLISH) return;
    const topic = body.text(), qos = (first >> 1) & 3, id = qos > 0 ? body.two() : 0, correlation = body.properties();
    this.events.message(topic, new TextDecoder().decode(body.rest()), (first & 1) === 1, correlation);
    if (qos > 0) this.send(packet(PUBACK << 4, bytesOf(twoBytes(id))));
  }
  connected(reason) {
    if (reason === 0) {
      const filters = this.filters.map((filter) => bytesOf(sized(filter), 1));
      this.send(packet(0x82, bytesOf(twoBytes(this.nextId()), 0, ...filters)));
    } else if ([0x84, 0x86, 0x87, 0x8a, 0x8c].includes(reason)) {
      this.end();
      this.events.refused("the broker refuses this user name and password");
    }
  }
  subscribed(body) {
    body.two(); body.properties();
    if (body.rest().some((code) => code >= 0x80)) { this.end(); this.events.refused("the broker's rules do not let this user read the checkboxes"); return; }
    this.isUp = true; this.wait = 500;
    this.events.up();
  }
  publish(topic, text, { retain = false, correlation = "", response = "" } = {}) {
    const properties = bytesOf(response ? bytesOf(RESPONSE_TOPIC, sized(response)) : [],
      correlation ? bytesOf(CORRELATION_DATA, sized(correlation)) : []);
    this.send(packet(0x32 | (retain ? 1 : 0), bytesOf(sized(topic), twoBytes(this.nextId()), variableLength(properties.length), properties, utf8.encode(text))));
  }
  nextId() { this.packetId = (this.packetId % 65535) + 1; return this.packetId; }
  lost() {
    clearInterval(this.timer);
    this.isUp = false;
    if (this.ended) return;
    this.events.down("no connection to " + this.address);
    this.retry = setTimeout(() => this.tryAgain(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, 15000);
  }
  // At once where it waits between attempts.
  tryAgain() {
    if (this.ended || !this.retry) return;
    clearTimeout(this.retry); this.retry = 0;
    this.open();
  }
  // A regular goodbye: the will is not published.
  end() { this.ended = true; this.send(packet(0xe0, [])); if (this.socket) this.socket.close(); }
  // Without a goodbye: the will is published.
  drop() { this.ended = true; if (this.socket) this.socket.close(); }
}
