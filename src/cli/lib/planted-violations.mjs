/** A stub of a package, enough to be found. */
const PACKAGE = '{ "main": "index.js" }'

/** What the planted tree needs to stand. */
export const SUPPORT = {
  'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true } }',
  ...stub('react'),
  ...stub('zustand'),
  ...stub('xstate'),
  ...stub('vitest'),
  'src/app/app.tsx': "import '../editor/store.ts'; import '../views/help/help.tsx'; import '../patterns/views.ts'",
  'src/ui/button.tsx': 'export const button = 1',
  'src/views/chart/chart.tsx': 'export const chart = 1',
  'src/export/plan.ts': 'export const plan = 1',
  'src/export/golden/old.ts': "import '../../sim/engine.ts'",
  'src/patterns/retry/machine.ts': 'export const machine = 1',
  'src/patterns/retry/view.tsx': 'export const view = 1',
  'src/patterns/retry/README.md': '# retry',
  'src/patterns/runtimes.ts': 'export const runtimes = 1',
  'src/player/detour.ts': "import './detour-end.ts'",
  'src/proof/prove.ts': 'export const prove = 1',
  'src/proof/client.ts': 'export const client = 1',
  'e2e/journey.spec.ts': "import '../src/model/blueprint.ts'",
}

/** Files that look suspicious and are allowed. */
export const INNOCENT = {
  'src/main.tsx': "import './app/app.tsx'; import './ui/button.tsx'; import W from './player/worker.ts?worker'; import u from './base/time.ts?url'",
  'src/base/time.ts': 'export const time = 1',
  'src/base/time.test.ts': "import 'vitest'; import './time.ts'",
  'src/sim/engine.ts': "import 'xstate'; import '../base/time.ts'",
  'src/sim/engine.test.ts': "import 'vitest'; import '../patterns/index.ts'",
  'src/sim/testing/harness.ts': "import 'vitest'; import '../../patterns/index.ts'",
  'src/model/blueprint.ts': "import '../patterns/index.ts'",
  'src/export/plan.test.ts': "import './plan.ts'; import '../sim/engine.ts'",
  'src/patterns/index.ts': "import './retry/machine.ts'",
  'src/patterns/views.ts': "import './retry/view.tsx'; import 'react'",
  'src/patterns/retry/runtime/retry.test.ts': "import 'vitest'; import './retry.ts'; import '../machine.ts'",
  'src/patterns/retry/runtime/retry.ts': "import 'xstate'",
  'src/views/help/help.tsx': "import text from '../../patterns/retry/README.md?raw'; import 'react'; import '../../ui/button.tsx'; import '../../proof/client.ts'",
  'src/editor/store.ts': "import 'zustand'; import '../model/blueprint.ts'",
  'src/cli/sim.ts': "import '../sim/engine.ts'; import 'node:fs'",
}

/** One file per way to break a rule; each must be found. A rule without one here fails the check. */
export const PLANTED = [
  plant('base-is-the-floor', 'src/base/npm.ts', "import 'xstate'"),
  plant('base-is-the-floor', 'src/base/node.ts', "import 'node:fs'"),
  plant('base-is-the-floor', 'src/base/upstairs.ts', "import '../model/blueprint.ts'"),
  plant('sim-knows-no-pattern', 'src/sim/kinds.ts', "import '../patterns/index.ts'"),
  plant('sim-knows-no-pattern', 'src/sim/types.ts', "import type { retry } from '../patterns/retry/machine.ts'"),
  plant('pure-rooms-have-no-screen', 'src/sim/screen.ts', "import 'react'"),
  plant('pure-rooms-have-no-screen', 'src/model/store.ts', "import 'zustand'"),
  plant('pure-rooms-have-no-screen', 'src/patterns/retry/behavior.ts', "import './view.tsx'"),
  plant('pure-rooms-have-no-screen', 'src/trace/text.ts', "import '../views/chart/chart.tsx'"),
  plant('worker-never-reaches-react', 'src/player/worker.ts', "import './detour.ts'"),
  plant('worker-never-reaches-react', 'src/cli/bench.ts', "await import('../player/detour.ts')"),
  plant('pure-rooms-have-no-screen', 'src/player/detour-end.ts', "import 'react'"),
  plant('page-does-not-run', 'src/views/chart/runs.tsx', "import '../../patterns/runtimes.ts'"),
  plant('page-asks-for-proofs', 'src/views/chart/proves.tsx', "import '../../proof/prove.ts'"),
  plant('export-does-not-run', 'src/export/run.ts', "import '../sim/engine.ts'"),
  plant('export-does-not-run', 'src/export/proves.ts', "import '../proof/prove.ts'"),
  plant('patterns-are-strangers', 'src/patterns/timeout/machine.ts', "import '../retry/machine.ts'"),
  plant('pattern-front-door', 'src/views/chart/inside.tsx', "import '../../patterns/retry/view.tsx'"),
  plant('pattern-front-door', 'src/patterns/shortcut.ts', "import './retry/machine.ts'"),
  plant('runtime-stands-alone', 'src/patterns/retry/runtime/leans.ts', "import '../../../base/time.ts'"),
  plant('ui-knows-no-domain', 'src/ui/knows.tsx', "import '../model/blueprint.ts'"),
  plant('editor-has-no-pixels', 'src/editor/draws.ts', "import '../ui/button.tsx'"),
  plant('views-are-strangers', 'src/views/list/list.tsx', "import '../chart/chart.tsx'"),
  plant('only-app-wires', 'src/views/chart/wires.tsx', "import '../../app/app.tsx'"),
  plant('no-circular', 'src/trace/round.ts', "import './about.ts'"),
  plant('no-circular', 'src/trace/about.ts', "import type { round } from './round.ts'"),
  plant('no-unresolvable', 'src/model/lost.ts', "import './nowhere.ts'"),
  plant('no-dead-files', 'src/model/forgotten.ts', 'export const forgotten = 1'),
]

function plant(rule, file, code) {
  return { rule, file, code }
}

function stub(name) {
  return { [`node_modules/${name}/package.json`]: PACKAGE, [`node_modules/${name}/index.js`]: '' }
}
