#!/usr/bin/env node
/** The command of the package. */
// On SIGUSR1, Node opens a debugger, from which every user of the machine could read the key.
process.on('SIGUSR1', () => {});
require('./node-version.cjs').exitIfTooOld();

const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

// The second start takes half the time of the first. Where the folder cannot be written, every start is a first one: in a
// folder that others can write, they could change what runs.
enableCompileCache(join(__dirname, '../.compile-cache'));
require('../lib/bundle/main.cjs');
