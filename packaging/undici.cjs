/** The parts of undici that the gateway uses. Its index also loads `fetch`, WebSockets and caches, at every start. */
module.exports = {
  buildConnector: require('undici/lib/core/connect.js'),
  EnvHttpProxyAgent: require('undici/lib/dispatcher/env-http-proxy-agent.js'),
  errors: require('undici/lib/core/errors.js'),
  Pool: require('undici/lib/dispatcher/pool.js'),
};
