import { expect, it } from 'vitest'
import { EXPORT_TARGETS } from '../export/index.ts'
import { planExport, type ExportPlan } from '../export/project/index.ts'
import { expectFormatted } from '../export/testing/format.ts'
import { joinedProjects, testProject } from '../export/testing/run-project.ts'
import { scenarios } from '../scenarios/index.ts'
import { recordRun } from './record-run.ts'

it.each(EXPORT_TARGETS)('exports of all scenarios compile, keep to the edges of their configs and do what their runs did (%s)', (target) => {
  const plans: Record<string, ExportPlan> = {}
  let recorded = 0
  for (const { id, blueprint } of scenarios) {
    const plan = planExport(blueprint, recordRun({ ...blueprint, durationMs: Math.min(blueprint.durationMs, 20_000) }), { target })
    if (plan) plans[id] = plan
    for (const [path, text] of plan ?? []) {
      if (path.endsWith('.trace.ts') && text.includes('export const recorded')) recorded += 1
    }
  }
  expect(recorded).toBeGreaterThan(3)
  expect(testProject(joinedProjects(plans))).toContain('# fail 0')
}, 120_000)

it.each(EXPORT_TARGETS)('projects with their recorded runs are laid out as a formatter would (%s)', async (target) => {
  for (const { id, blueprint } of scenarios.filter((one) => one.tab !== undefined)) {
    for (const [path, text] of planExport(blueprint, recordRun(blueprint), { target }) ?? []) {
      if (path.endsWith('.ts')) await expectFormatted(text, `${id}/${path}`)
    }
  }
}, 120_000)
