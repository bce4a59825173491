import { expect, it } from 'vitest'
import { planExport } from '../../export/project/index.ts'
import { testProject } from '../../export/testing/run-project.ts'
import { scenarios } from '../../scenarios/index.ts'
import { recordRun } from './recorded.ts'

it.each(['zero-dep', 'xstate'] as const)('exports of all scenarios compile, keep to the edges of their configs and do what their runs did (%s)', (target) => {
  const all = new Map<string, string>()
  let recorded = 0
  for (const { id, blueprint } of scenarios) {
    const plan = planExport(blueprint, recordRun({ ...blueprint, durationMs: Math.min(blueprint.durationMs, 20_000) }), { target })
    for (const [path, text] of plan ?? []) {
      if (path === 'tsconfig.json') all.set(path, text.replace(/"include": \[[^\]]*\]/, '"include": ["*/src", "*/test"]'))
      else if (path === 'package.json') all.set(path, text)
      else all.set(`${id}/${path}`, text)
      if (path.endsWith('.trace.ts') && text.includes('export const recorded')) recorded += 1
    }
  }
  expect(recorded).toBeGreaterThan(3)
  expect(testProject(all)).toContain('# fail 0')
}, 120_000)
