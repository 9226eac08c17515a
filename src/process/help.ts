/** What `--help` prints. docs/cli.md shows it. */
export const help = `Usage: sms-graphql-gateway [command] [options]

Commands:
  start          Run the gateway. This is the default. Without SMS_REGION and SMS_ENDPOINT,
                 it runs against an embedded emulator of SMS.
  demo           Send one request to a gateway and an emulator, and print the result.
  emulator       Run only the emulator of SMS.
  console        Run the gateway with the console, and a wave of 60 servers in the emulator.
  print-schema   Print the schema of the subgraph, with the parts that SMS_EXPOSE names.
  check-config   Check the settings, and the files and the key that they name. Then try the
                 chain to SMS once: network, TLS, clock, key, and CHECK_CONFIG_TOKEN.

Options:
  --env-file <file>   Read settings from a file. A variable that is already set stays.
  --offline           With check-config: do not call SMS and IAM.
  -h, --help          Print this help.
  -v, --version       Print the version.

Settings are environment variables: see docs/configuration.md.`;
