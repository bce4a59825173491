import type { BlueprintNode } from '../../model/blueprint.ts'
import { boundaryEvents } from './boundary.ts'
import { judgeEvents } from './reference.ts'
import { planParts, settingsOf } from './settings.ts'
import { code, fileStem, lit, num, printFile, when, type Code } from '../print.ts'
import type { BreakerEvent } from '../recorded.ts'

/** Events of a recorded run that are taken along: enough to see it all happen, few enough to open in an editor. */
const EVENTS_MAX = 4_000

/** What a breaker must do, as a module of data: at the edges of its config, and in the recorded run. */
export function breakerTrace(node: BlueprintNode, recorded: readonly BreakerEvent[]): string {
  const settings = settingsOf(node)
  const trace = (name: Code, about: Code, events: readonly BreakerEvent[]): Code => {
    const { admitted, changes } = judgeEvents(settings, events)
    return code`
      ${about}
      export const ${name}: Trace = {
        events: [
          ${events.map(({ atMs, what, call }) => code`[${atMs}, ${lit(what)}, ${call}],`)}
        ],
        admitted: [
          ${chunks(admitted).map((part) => code`${lit(part)},`)}
        ],
        changes: [
          ${changes.map(({ atMs, from, to }) => code`[${num(atMs)}, ${lit(from)}, ${lit(to)}],`)}
        ],
      };
    `
  }
  return printFile(code`
    import type { Trace } from './play.ts';

    ${trace(code`boundary`, code`/** The edges of the config: one call short of a verdict, the last moment of a wait, one probe too many. */`, boundaryEvents(settings))}

    ${recorded.length > 0 && trace(code`recorded`, code`/** What the simulation recorded. */`, recorded.slice(0, EVENTS_MAX))}
  `)
}

/** Runs of `1` and `0`, a line each. */
function chunks(text: string): string[] {
  return text.match(/.{1,80}/g) ?? []
}

/** Replays the traces against the code. */
export function breakerTest(node: BlueprintNode, stem: string, hasRun: boolean): string {
  const { hasFallback } = planParts(settingsOf(node))
  const args = hasFallback ? code`request, () => 'fallback'` : code`request`
  return printFile(code`
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import { CircuitBreaker } from '../src/${fileStem(stem)}.ts';
    import { play, type MakeBreaker } from './play.ts';
    import * as traces from './${fileStem(stem)}.trace.ts';

    const make: MakeBreaker = (clock, onTransition) => {
      const breaker = new CircuitBreaker({ clock, onTransition });
      return (request) => breaker.call(${args});
    };

    test('changes its state at the edges of its config, and lets the right calls through', async () => {
      const { events, ...expected } = traces.boundary;
      assert.deepEqual(await play(events, make), expected);
    });
    ${when(hasRun)}
    ${hasRun && code`
      test('does what it did in the simulation', async () => {
        const { events, ...expected } = traces.recorded;
        assert.deepEqual(await play(events, make), expected);
      });
    `}
  `)
}
