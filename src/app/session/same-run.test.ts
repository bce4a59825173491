import { expect, it } from 'vitest'
import { applyCommand } from '../../editor/apply.ts'
import { changesRun, type Command } from '../../editor/commands.ts'
import { scenarios } from '../../scenarios/index.ts'
import { sameRun } from './same-run.ts'

const blueprint = scenarios[0]!.blueprint

const commands: Command[] = [
  { type: 'move-nodes', positions: { breaker: { x: 1, y: 2 } } },
  { type: 'set-config', node: 'breaker', field: 'failureRateThreshold', value: 70 },
  { type: 'set-bypassed', node: 'breaker', bypassed: true },
  { type: 'set-seed', seed: 99 },
  { type: 'set-duration', durationMs: 99 },
  { type: 'intervene', intervention: { what: 'fault', atMs: 1, node: 'payments', type: 'hang', forMs: 1 } },
  { type: 'remove-fault', place: { list: 'faults', index: 0 } },
]

it.each(commands.map((command) => [command.type, command] as const))('agrees with the editor about %s', (_, command) => {
  expect(sameRun(blueprint, applyCommand(blueprint, command))).toBe(!changesRun(command))
})
