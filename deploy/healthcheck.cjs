/** Exits with 0 if the gateway of this container responds. The image has neither a shell nor curl for that. */
const { get } = require('node:http');

const { HOST, PORT } = process.env;
const isAnyAddress = HOST === undefined || HOST === '0.0.0.0' || HOST === '::';
const request = get({ host: isAnyAddress ? '127.0.0.1' : HOST, port: PORT ?? 4000, path: '/health', timeout: 3_000 });
request.on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1));
request.on('error', () => process.exit(1));
