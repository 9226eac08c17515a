/** Loaded into a gateway: on SIGUSR2 it reports the most processor time of one round of its event loop, and begins anew. */
const used = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let last = used();
let worst = 0;

setInterval(() => {
  const now = used();
  worst = Math.max(worst, now - last);
  last = now;
}, 1).unref();

process.on('SIGUSR2', () => {
  process.stderr.write(`longest round: ${Math.round(worst)} ms\n`);
  worst = 0;
});
