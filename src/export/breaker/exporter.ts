import { protectedLabel } from '../drawing.ts'
import type { Exporter, Wiring } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { code, FILE_WIDTH, ident, prose, type Code } from '../print.ts'
import { REMARK, writeCockatielBreaker } from './cockatiel.ts'
import { breakerPlaces } from './places.ts'
import { playModule } from './play.ts'
import { breakerInstance } from './resilience4j.ts'
import { openingSequence } from './sequence.ts'
import { planParts, settingsOf } from './settings.ts'
import { breakerTest, breakerTrace } from './test-files.ts'
import { writeBreaker } from './write.ts'
import { writeBreakerMachine } from './xstate/write.ts'

export const breakerExporter: Exporter = {
  kinds: ['circuit-breaker'],
  write: { 'zero-dep': writeBreaker, xstate: writeBreakerMachine, cockatiel: writeCockatielBreaker },
  places: breakerPlaces,
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests({ node, fileStem }, { breakers }) {
    const recorded = breakers[node.id] ?? []
    return [
      ['play.ts', playModule()],
      [`${fileStem}.trace.ts`, breakerTrace(node, recorded)],
      [`${fileStem}.test.ts`, breakerTest(node, fileStem, recorded.length > 0)],
    ]
  },
  wiring: breakerWiring,
  papers: {
    remarks: { cockatiel: REMARK },
    machineConfig: ({ config }) => ({ ...config, initialState: 'CLOSED' }),
    sequence: ({ blueprint, node }, { breakers }) =>
      openingSequence(settingsOf(node), breakers[node.id] ?? [], { breaker: node.label, service: protectedLabel(blueprint, node.id) }),
    resilience4j: ({ node }) => breakerInstance(settingsOf(node)),
  },
  policy: {
    wrap: ({ module }, inner, signal) => code`
      ${module}.makeRequest(() => {
        return ${inner(signal)};
      })
    `,
    answer: ({ part, module }) => (planParts(settingsOf(part.node)).hasFallback ? code`${module}.FallbackResponse` : undefined),
  },
}

function breakerWiring({ part: { blueprint, node }, module, nameOf }: Wiring): Code {
  const behind = protectedLabel(blueprint, node.id)
  const name = ident(nameOf(`call ${behind}`, 'callService'))
  const answer = planParts(settingsOf(node)).hasFallback ? code`T | ${module}.FallbackResponse` : code`T`
  const line = code`export function ${name}<T>(request: () => Promise<T>): Promise<${answer}> {`
  const lines = code`
    export function ${name}<T>(
      request: () => Promise<T>,
    ): Promise<${answer}> {
  `
  return code`
    /** ${prose(behind)}, behind "${prose(node.label)}": give it your own call. */
    ${line.toString().length <= FILE_WIDTH ? line : lines}
      return ${module}.makeRequest(request);
    }
  `
}
