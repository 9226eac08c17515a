import type { ProblemKind } from '../gateway/problem.ts';
import type { ConsistencyVerdict, CutoverGateReason, MigrationTaskState, NotVerifiedReason } from '../gql/graphql.ts';
import type { Action } from '../wave/actions.ts';
import type { Formats } from './formats.ts';

export type Messages = typeof en;

const many = (count: number, one: string, other: string) => (count === 1 ? one : other);
const servers = (count: number, formats: Formats) => `${formats.number(count)} ${many(count, 'server', 'servers')}`;

export const en = {
  title: 'Migration console',
  skipToContent: 'Skip to content',
  demoData: 'Demo data',
  demoDataHint: 'The gateway runs against its emulator: all data is made up.',
  language: 'Language',
  darkMode: 'Dark mode',
  lightMode: 'Light mode',
  logOut: 'Log out',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  refresh: 'Read again',
  loading: 'Loading…',
  unknown: 'Unknown',
  none: 'None',

  login: {
    heading: 'Verify a migration',
    intro:
      'See for each server that moves to Huawei Cloud how far it is, whether its files arrived unchanged, and whether its target can take over.',
    token: 'IAM token',
    tokenHint:
      'Ask your cloud administrator, or request one from IAM. A token is valid for 24 hours. It stays in the memory of this page: a reload forgets it.',
    show: 'Show token',
    hide: 'Hide token',
    submit: 'Log in',
    empty: 'Paste a token first.',
    demo: 'This gateway has demo data. Use the demo token:',
    useDemo: 'Use the demo token',
    expiredHeading: 'Your token is no longer accepted',
    expiredIntro: 'Paste a new token to go on. Nothing on this page is lost.',
    goOn: 'Go on',
  },

  waves: {
    heading: 'Waves',
    intro: 'Each wave is a migration project: servers that move together.',
    search: 'Search waves',
    empty: 'There are no migration projects yet. Create one in the SMS console.',
    noMatch: (text: string) => `No wave matches “${text}”.`,
    servers,
    noServers: 'No servers',
    copied: (percent: string) => `${percent} copied`,
    noSizes: 'No sizes reported yet',
    tooLarge: 'More than 2,000 servers: open the wave for its progress and verdict.',
    verdictPending: 'Reading the results…',
    verdictOnRequest: (count: number, formats: Formats) => `Read the results of ${servers(count, formats)}`,
    more: 'Show more waves',
    region: 'Region',
    counts: (consistent: number, different: number, notVerified: number, formats: Formats) =>
      [
        consistent > 0 && `${formats.number(consistent)} identical`,
        different > 0 && `${formats.number(different)} with differences`,
        notVerified > 0 && `${formats.number(notVerified)} not verified`,
      ]
        .filter(Boolean)
        .join(' · '),
  },

  verdicts: {
    CONSISTENT: 'Identical',
    DIFFERENT: 'Differences',
    NOT_VERIFIED: 'Not verified',
  } satisfies Record<ConsistencyVerdict, string>,
  verdictPending: 'Reading…',
  verdictSentences: {
    CONSISTENT: 'Every checked directory of every server is identical.',
    DIFFERENT: 'Files of at least one server differ.',
    NOT_VERIFIED: 'No differences were found, but that proves nothing: not everything was compared.',
  } satisfies Record<ConsistencyVerdict, string>,
  notVerifiedReasons: {
    READ_FAILED: 'The results could not be read. Read again later.',
    NO_SERVERS: 'There are no servers.',
    NO_TASK: 'The server has no migration task.',
    NO_RESULTS: 'Never checked. Start the task, or a sync, with a consistency check.',
    UNREADABLE: 'SMS sent a result that cannot be read.',
    CHECK_FAILED: 'The check itself failed. Run it again.',
    CHECK_RESULT_MISSING: 'SMS does not say how the check ended.',
    NO_DIRECTORIES: 'The check compared no directory.',
    COUNT_MISSING: 'SMS left out a number of files.',
    NO_FILES_FOUND: 'No files were found. Is the path right?',
    TOO_MANY_FILES: 'The directory has a million files or more, and SMS compares no more. Check its subdirectories.',
    NOT_CHECKED_AGAIN: 'An earlier check found differences, and the latest check left this directory out.',
  } satisfies Record<NotVerifiedReason, string>,

  taskStates: {
    READY: 'Ready to start',
    RUNNING: 'Copying',
    SYNCING: 'Synchronizing',
    MIGRATE_SUCCESS: 'Launched',
    SYNC_SUCCESS: 'Launched, synchronized again',
    MIGRATE_FAIL: 'Failed',
    SYNC_FAIL: 'Synchronization failed',
    ABORTING: 'Pausing',
    ABORT: 'Paused',
    SKIPPING: 'Skipping the check',
    DELETING: 'Being deleted',
    RESETING: 'Being reset',
    SYNC_F_ROLLBACKING: 'Rolling back',
    SYNC_F_ROLLBACK_SUCCESS: 'Rolled back',
    UNKNOWN: 'Unknown state',
  } satisfies Record<MigrationTaskState, string>,
  noTask: 'No task',

  wave: {
    back: 'All waves',
    notFound: 'There is no such wave',
    notFoundHint: 'It may have been deleted, or the link is wrong.',
    live: 'Live',
    liveHint: 'Progress arrives as it happens.',
    connecting: 'Connecting…',
    reconnecting: (seconds: number) => `Connection lost. Next attempt in ${seconds} s`,
    offline: 'You are offline',
    resting: 'Nothing is running',
    restingHint: 'All tasks have ended or wait for somebody. The page watches again after an action.',
    polled: 'Read every 30 s',
    polledHint: 'Live progress covers up to 2,000 servers, so this wave is read again every 30 seconds.',
    verdict: 'Verdict',
    progress: 'Copied',
    states: 'Servers by state',
    servers: 'Servers',
    differences: 'Differences',
    gate: 'Launch gate',
    readingServers: (read: number, total: number, formats: Formats) =>
      `Reading servers: ${formats.number(read)} of ${formats.number(total)}`,
    readingChecks: (read: number, total: number, formats: Formats) =>
      `Reading results: ${formats.number(read)} of ${formats.number(total)}`,
    bytesOf: (copied: string, total: string) => `${copied} of ${total}`,
    remaining: (duration: string) => `${duration} left`,
    noSizes: 'SMS reports no sizes yet.',
    empty: 'This wave has no servers',
    emptyHint: 'Move source servers to this migration project in the SMS console.',
    search: 'Search name or address',
    filterVerdict: 'Verdict',
    filterState: 'State',
    all: 'All',
    sort: 'Sort by',
    sorts: { name: 'Name', progress: 'Progress', state: 'State', verdict: 'Worst verdict' },
    ascending: 'Ascending',
    descending: 'Descending',
    shown: (shown: number, total: number, formats: Formats) =>
      shown === total ? servers(total, formats) : `${formats.number(shown)} of ${servers(total, formats)}`,
    noMatch: 'No server matches these filters.',
    clearFilters: 'Clear filters',
    selected: (count: number, formats: Formats) => `${servers(count, formats)} selected`,
    selectAll: 'Select all servers shown',
    select: (name: string) => `Select ${name}`,
    open: (name: string) => `Details of ${name}`,
    clearSelection: 'Clear selection',
    export: 'Export results',
    exportAll: 'Export all',
    columns: { name: 'Server', state: 'State', progress: 'Progress', verdict: 'Verdict', why: 'What to know' },
    disconnected: 'Agent disconnected',
    differentFiles: (count: number, formats: Formats) =>
      `${formats.number(count)} ${many(count, 'file', 'files')} differ`,
    directoriesOf: (consistent: number, total: number, formats: Formats) =>
      `${formats.number(consistent)} of ${formats.number(total)} directories identical`,
    failedWithoutReason: 'SMS gives no reason. Collect the log of the task.',
  },

  differences: {
    intro: 'Directories whose files differ, by number of files. Select a bar or a row for its server.',
    chart: (shown: number, total: number) =>
      shown < total
        ? `The ${shown} directories with the most differences, of ${total}`
        : 'Directories with differences',
    different: 'Different',
    missing: 'Missing on the target',
    extra: 'Only on the target',
    directory: 'Directory',
    server: 'Server',
    files: 'Files',
    noneFound: 'No differences found',
    noneVerified: 'All results have been read, and every checked directory is identical.',
    noneUnverified: (count: number, formats: Formats) =>
      `This does not mean that the wave is verified: for ${servers(count, formats)} not everything was compared.`,
    showServers: 'Show these servers',
    pending: 'The results are still being read.',
  },

  server: {
    address: 'Address',
    system: 'System',
    agent: 'Agent',
    connected: 'connected',
    disconnectedSince: (time: string) => `disconnected since ${time}`,
    target: 'Target',
    task: 'Task',
    started: 'Started',
    steps: 'Steps',
    whyFailed: 'Why it failed',
    environment: 'Failed checks of the environment',
    directories: 'Directories',
    checkedAt: (time: string) => `Checked ${time}`,
    neverChecked: 'Never checked',
    code: (code: string) => `Code ${code}`,
    actions: 'What you can do now',
    noActions: 'SMS allows no action in this state.',
    noTask: 'The server has no migration task. Create one in the SMS console.',
    gone: 'SMS no longer knows this server.',
  },

  actions: {
    START: 'Start',
    STOP: 'Pause',
    RESTART: 'Sync',
    CUTOVER: 'Launch',
  } satisfies Record<Action, string>,
  actionQuestions: {
    START: (count: number, formats: Formats) => `Start ${servers(count, formats)}?`,
    STOP: (count: number, formats: Formats) => `Pause ${servers(count, formats)}?`,
    RESTART: (count: number, formats: Formats) => `Synchronize ${servers(count, formats)} again?`,
    CUTOVER: (count: number, formats: Formats) =>
      `Launch the ${many(count, 'target', 'targets')} of ${servers(count, formats)}?`,
  } satisfies Record<Action, (count: number, formats: Formats) => string>,
  actionEffects: {
    START: 'The server is copied to its target. A task that was paused or has failed continues where it stopped.',
    STOP: 'The copy stops. “Start” continues it later.',
    RESTART: 'What has changed on the source since the launch is copied again.',
    CUTOVER: 'Synchronization ends, and the target takes over from the source server. This cannot be undone here.',
  } satisfies Record<Action, string>,
  actionDialog: {
    withCheck: 'Compare the files afterwards (consistency check)',
    reading: 'Asking SMS what is allowed now…',
    notAllowed: (count: number, formats: Formats) =>
      `Not possible for ${servers(count, formats)} in their present state; they are left out.`,
    nothingAllowed: 'SMS does not allow this for any of the selected servers in their present state.',
    notConsistent: (count: number, formats: Formats) =>
      `${servers(count, formats)} ${many(count, 'is', 'are')} not proven to be identical to the source.`,
    launchAnyway: 'I know, and want to launch anyway.',
    done: (done: number, total: number, formats: Formats) =>
      `${formats.number(done)} of ${formats.number(total)} accepted by SMS`,
    doneHint: 'SMS has accepted this. The state changes within moments.',
    failed: (count: number, formats: Formats) => `${servers(count, formats)} failed`,
    repeatFailed: 'Try the failed ones again',
    tooMany: (maximum: number) => `Select at most ${maximum} servers for an action.`,
  },

  exporting: {
    heading: 'Export consistency results',
    intro: (count: number, formats: Formats) =>
      `The files come from SMS, one for up to 200 servers. ${servers(count, formats)} will be exported.`,
    withoutTask: (count: number, formats: Formats) => `${servers(count, formats)} without a task cannot be exported.`,
    nothing: 'None of these servers has a task, so there is nothing to export.',
    start: 'Start the export',
    progress: (done: number, total: number, formats: Formats) =>
      `${formats.number(done)} of ${formats.number(total)} servers`,
    finished: 'The export is complete.',
    partly: (failed: number, formats: Formats) => `Exported, except for ${servers(failed, formats)}:`,
    interrupted: 'The export was interrupted. What has arrived is kept.',
    goOn: (left: number, formats: Formats) => `Go on with ${servers(left, formats)}`,
    download: (count: number) => (count === 1 ? 'Download the file' : `Download ${count} files (ZIP)`),
    report: 'Report with verdicts (CSV)',
    reportHint: 'For a spreadsheet: one row per directory, and one for each server that was never checked.',
    noFiles: 'SMS accepted the export but sent no file.',
    again: 'Export the failed ones again',
  },

  gate: {
    intro:
      'Can all targets of this wave take over now? Every server must be in continuous synchronization, with its agent connected, and its latest check must be identical.',
    checkedAfter: 'Count only checks that ended after',
    checkedAfterHint: 'For example, when the applications were stopped. Leave it empty to count all checks.',
    check: 'Check now',
    ready: 'Ready to launch',
    readyHint: (count: number, formats: Formats) =>
      many(count, 'The server meets all conditions.', `All ${servers(count, formats)} meet all conditions.`),
    notReady: 'Not ready',
    notReadyHint: (notReady: number, total: number, formats: Formats) =>
      `${formats.number(notReady)} of ${servers(total, formats)} ${many(notReady, 'does', 'do')} not meet the conditions yet.`,
    checkedAt: (time: string) => `Asked at ${time}`,
    affected: servers,
    launchReady: (count: number, formats: Formats) => `Launch ${servers(count, formats)}…`,
    reasons: {
      NO_SERVERS: { title: 'The wave has no servers', advice: 'Move servers to this migration project.' },
      NO_TASK: { title: 'No task', advice: 'Create a migration task in the SMS console.' },
      FAILED: { title: 'The migration failed', advice: 'Open the server to see why, then start it again.' },
      ALREADY_LAUNCHED: {
        title: 'Already launched',
        advice: 'The target runs already. To copy what has changed since, use “Sync”.',
      },
      NOT_IN_CONTINUOUS_SYNC: {
        title: 'Not synchronizing yet',
        advice: 'Start the task, or wait until the full copy is done.',
      },
      AGENT_DISCONNECTED: {
        title: 'Agent disconnected',
        advice: 'Start the SMS agent on the source server: its changes do not arrive.',
      },
      DIFFERENT: { title: 'Files differ', advice: 'Let it synchronize, then check again.' },
      CHECK_FAILED: { title: 'The check failed', advice: 'Run the consistency check again.' },
      READ_FAILED: { title: 'Results could not be read', advice: 'Check the gate again later.' },
      NOT_VERIFIED: { title: 'Not verified', advice: 'Run a consistency check that covers everything.' },
      CHECK_TOO_OLD: {
        title: 'Check too old',
        advice: 'Check again: the latest check ended before the time you chose.',
      },
    } satisfies Record<CutoverGateReason, { title: string; advice: string }>,
  },

  problems: {
    SmsInvalidInputError: { title: 'This is not possible', advice: 'Change the request, or wait for another state.' },
    SmsUnauthenticatedError: { title: 'The token is not accepted', advice: 'It may have expired. Paste a new one.' },
    SmsForbiddenError: {
      title: 'You are not permitted to do this',
      advice: 'Ask your administrator for the permission that the message names, then try again.',
    },
    SmsNotFoundError: { title: 'Not found', advice: 'It may have been deleted. Read the list again.' },
    SmsThrottledError: { title: 'Too many requests', advice: 'SMS asks to wait. Nothing is lost.' },
    SmsUnavailableError: {
      title: 'SMS does not respond',
      advice: 'Huawei Cloud’s service has a problem. Try again in a few minutes.',
    },
    GatewayOverloaded: { title: 'The gateway is busy', advice: 'Try again in a moment.' },
    GatewayUnreachable: {
      title: 'No connection to the gateway',
      advice: 'Check your network or VPN. Everything on this page is kept.',
    },
    GatewayRejected: { title: 'The gateway rejected the request', advice: 'Tell its operator, with the code below.' },
  } satisfies Record<ProblemKind, { title: string; advice: string }>,
  problem: {
    outcomeUnknown: 'It may have been carried out nevertheless. Look at the state before you repeat it.',
    conflict: 'Its present state does not allow it. Read it again, then try again.',
    quota: 'A quota is used up. Delete something, or ask for a higher quota.',
    retryIn: (seconds: number) => `Trying again in ${seconds} s`,
    requestId: (id: string) => `Request ${id}`,
    offline: 'You are offline. The page goes on as soon as the network is back.',
    crashed: 'This page has a bug',
    crashedHint: 'Reload it. You will need your token again.',
    reload: 'Reload',
  },
};
