/**
 * Ends the process with one sentence if this Node is too old to run the gateway. A program that loads the package's API gets the
 * sentence as `complaint`. Old syntax only, so that an old Node can read it: by itself, it would report a bad option or a syntax
 * error.
 */
const { engines, name } = require('../package.json');

const required = engines.node.replace('>=', '');
const [minMajor, minMinor] = required.split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);
const isTooOld = major < minMajor || (major === minMajor && minor < minMinor);

exports.complaint = isTooOld
  ? `${name} needs Node ${required} or later, but this is Node ${process.versions.node}: install a newer one, for example from https://nodejs.org.`
  : null;

exports.exitIfTooOld = () => {
  if (exports.complaint === null) return;
  process.stderr.write(`${exports.complaint}\n`);
  process.exit(1);
};

if (require.main === module) exports.exitIfTooOld();
