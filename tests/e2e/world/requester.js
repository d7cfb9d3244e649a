// One MQTT 5 request with MQTT.js: prints the answer's correlation data, a tab and its payload.
// Arguments: URL, file of the authority, user, password, topic, response topic, correlation data, payload.
'use strict';
const fs = require('fs');
const mqtt = require('mqtt');

const [url, authority, username, password, topic, responseTopic, correlation, payload] = process.argv.slice(2);
const client = mqtt.connect(url, {
  protocolVersion: 5, username, password, ca: fs.readFileSync(authority), reconnectPeriod: 0,
});
const fail = (error) => {
  console.error(String(error));
  process.exit(1);
};
setTimeout(fail, 20000, 'no answer').unref();
client.on('error', fail);
client.on('message', (heard, answer, packet) => {
  console.log(`${packet.properties.correlationData}\t${answer}`);
  client.end(true, () => process.exit(0));
});
client.on('connect', () => {
  client.subscribe(responseTopic, { qos: 1 }, (error) => {
    if (error) fail(error);
    const properties = { responseTopic, correlationData: Buffer.from(correlation) };
    client.publish(topic, payload, { qos: 1, properties }, (problem) => problem && fail(problem));
  });
});
