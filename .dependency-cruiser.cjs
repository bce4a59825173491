/*
 * The rooms of src/ and which of them may know which. ARCHITECTURE.md says why, room by room.
 * `npm run lint:deps` checks the tree, and plants one violation per rule to prove that each still bites.
 */
const TEST = '[.](test|spec)[.]tsx?$|/testing/|/testdata/'
const REACTIVE = 'node_modules/(react|react-dom|@xyflow|zustand|@xstate/react)(/|$)'
const VIEW_REGISTRY = '^src/patterns/(views|panels)[.]tsx?$'
const SCREEN_ROOMS = '^src/(ui|views|editor|app)/'
const PROGRAM = '^src/(main[.]tsx|(player|lab|log|proof)/worker[.]ts|cli/([^/]+|[^/]+/main)[.](ts|mjs))$'
const ENTRY = `${PROGRAM}|^src/patterns/[^/]+/runtime/|^e2e/`

const floors = [
  {
    name: 'base-is-the-floor',
    comment: 'base imports nothing, not even npm',
    from: { path: '^src/base/', pathNot: TEST },
    to: { pathNot: '^src/base/' },
  },
  {
    name: 'sim-knows-no-pattern',
    comment: 'sim knows base, itself and xstate',
    from: { path: '^src/sim/', pathNot: TEST },
    to: { pathNot: '^src/(base|sim)/|node_modules/xstate/' },
  },
  {
    name: 'pure-rooms-have-no-screen',
    comment: 'in patterns, .ts runs anywhere and .tsx runs on a screen; the other pure rooms have no screen at all',
    from: {
      path: '^src/(base|sim|model|trace|export|scenarios|cli|log|player|lab|proof)/|^src/patterns/.+[.]ts$',
      pathNot: `${VIEW_REGISTRY}|${TEST}`,
    },
    to: { path: `${REACTIVE}|[.]tsx$|[.]css$|${SCREEN_ROOMS}|${VIEW_REGISTRY}` },
  },
  {
    name: 'worker-never-reaches-react',
    comment: 'the worker and the command line start without React, also by a long way round',
    from: { path: '^src/((player|lab|log|proof)/worker[.]ts|cli/.+[.](ts|mjs))$', pathNot: TEST },
    to: { path: REACTIVE, reachable: true },
  },
  {
    name: 'page-does-not-run',
    comment: 'what makes kinds run is loaded by the worker and the command line, not by the page',
    from: { path: '^src/(app|views|editor|ui)/', pathNot: TEST },
    to: { path: '^src/patterns/runtimes[.]ts$', reachable: true },
  },
  {
    name: 'page-asks-for-proofs',
    comment: 'the page knows of the proof its client and types; the rest is loaded by the worker and the command line',
    from: { path: '^src/(app|views|editor|ui)/', pathNot: TEST },
    to: { path: '^src/proof/', pathNot: '^src/proof/(client|types)[.]ts$' },
  },
  {
    name: 'export-does-not-run',
    comment: 'the export takes a recorded run as plain data; the app and the command line do the running',
    from: { path: '^src/export/', pathNot: TEST },
    to: { path: '^src/(sim|player|trace|lab|proof)/' },
  },
]

const kinds = [
  {
    name: 'patterns-are-strangers',
    comment: 'kinds meet only on the canvas; what two of them share belongs beside pattern.ts or in base',
    from: { path: '^src/patterns/([^/]+)/' },
    to: { path: '^src/patterns/[^/]+/', pathNot: '^src/patterns/$1/' },
  },
  {
    name: 'pattern-front-door',
    comment: 'a kind is reached through the registries, index.ts, machines.ts, runtimes.ts, views.tsx and panels.tsx in patterns/; its README may be shown, its conformance.ts replayed',
    from: { pathNot: `^src/patterns/(index|machines|runtimes|views|panels|reshapings|lines)[.]tsx?$|^src/patterns/[^/]+/|${TEST}` },
    to: { path: '^src/patterns/[^/]+/', pathNot: '/README[.]md$|/conformance[.]ts$' },
  },
  {
    name: 'runtime-stands-alone',
    comment: 'runtime/ is copied as it is into exported projects, so it imports nothing of ours',
    from: { path: '^src/patterns/([^/]+)/runtime/', pathNot: TEST },
    to: { path: '^src/', pathNot: '^src/patterns/$1/runtime/' },
  },
]

const screen = [
  {
    name: 'ui-knows-no-domain',
    comment: 'widgets know base, themselves and npm',
    from: { path: '^src/ui/', pathNot: TEST },
    to: { path: '^src/(?!base/|ui/)' },
  },
  {
    name: 'editor-has-no-pixels',
    comment: 'the editor is store, history and commands; it neither draws nor plays',
    from: { path: '^src/editor/', pathNot: TEST },
    to: { path: '[.]tsx$|[.]css$|^src/(ui|views|app|player)/|node_modules/(react-dom|@xyflow)/' },
  },
  {
    name: 'views-are-strangers',
    comment: 'views share through ui/, through the stores, or through a file directly in views/',
    from: { path: '^src/views/([^/]+)/' },
    to: { path: '^src/views/[^/]+/', pathNot: '^src/views/$1/' },
  },
  {
    name: 'only-app-wires',
    comment: 'nothing but main.tsx knows the app',
    from: { path: '^src/', pathNot: '^src/(app/|main[.]tsx$)' },
    to: { path: '^src/app/' },
  },
]

const everywhere = [
  { name: 'no-circular', comment: 'no circles, not even of types', from: {}, to: { circular: true } },
  {
    name: 'no-unresolvable',
    comment: 'what cannot be found cannot be judged',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-dead-files',
    comment: 'every file is reached from main.tsx, the worker, a command or a browser test; helpers of tests live in testing/',
    from: { path: ENTRY },
    to: { path: '^src/', pathNot: `${ENTRY}|${TEST}|[.]d[.]ts$`, reachable: false },
  },
]

module.exports = {
  forbidden: [...floors, ...kinds, ...screen, ...everywhere].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/golden/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
