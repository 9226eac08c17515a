/** The whole supergraph with one command: both subgraphs, composition, Apollo Gateway and Hive Gateway. */
import { startApolloGateway } from './apollo-gateway.ts';
import { startHiveGateway } from './hive-gateway.ts';
import { readSettings } from './settings.ts';
import { startSubgraphs } from './subgraphs.ts';
import { composeSupergraph, servicesOf } from './supergraph.ts';

const settings = readSettings(process.env);
const { sms, inventory } = await startSubgraphs(settings);
const supergraph = composeSupergraph(await servicesOf({ sms, inventory }));
const apollo = await startApolloGateway(supergraph, settings.apolloPort);
const hive = await startHiveGateway(supergraph, settings.hivePort);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    await Promise.all([apollo.stop(), hive.stop()]);
    await Promise.all([sms.stop(), inventory.stop()]);
    process.exit();
  });

process.stdout.write(`Gateway to SMS: ${sms.url}
Inventory:      ${inventory.url}
Apollo Gateway: ${apollo.url}
Hive Gateway:   ${hive.url}

Try it:
curl -s ${hive.url} -H 'content-type: application/json' -H 'x-auth-token: demo-token-all-rights' \\
  -d '{"query":"{ owners { name servers { name state monthlyPrice } } }"}'
`);
