#!/usr/bin/env node
// Prints every chat message that comes in, for ever:  node listen.js ADDRESS TOKEN_FILE CA_FILE
//
// npm install @grpc/grpc-js grpc-js-reflection-client
'use strict';
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const { GrpcReflection } = require('grpc-js-reflection-client');

async function main(address, tokenFile, caFile) {
  const credentials = grpc.credentials.createSsl(fs.readFileSync(caFile));
  const reflection = new GrpcReflection(address, credentials);
  const descriptor = await reflection.getDescriptorBySymbol('chatwire.xmpp.v1.EventService');
  const { EventService } = descriptor.getPackageObject({ keepCase: true, enums: String }).chatwire.xmpp.v1;

  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${fs.readFileSync(tokenFile, 'utf8').trim()}`);
  const client = new EventService(address, credentials);
  // Keep `resume_token` of the last response, and send it after a restart: then nothing is missed.
  const stream = client.WatchEvents({ kinds: ['EVENT_KIND_MESSAGE_RECEIVED'] }, metadata);
  stream.on('data', ({ event }) => {
    if (event) console.log(`${event.message_received.from}: ${event.message_received.body}`);
  });
  stream.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

main(...process.argv.slice(2));
