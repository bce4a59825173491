import type { Exporter, Wiring } from '../exporter.ts'
import { typeName } from '../names.ts'
import { code, ident, when, type Code } from '../print.ts'
import { slicePlaces } from './places.ts'
import { planSlice, sliceOf, SLICE_KINDS } from './plan.ts'
import { replaySliceModule } from './replay.ts'
import { sliceTest } from './test-files.ts'
import { sliceTrace } from './trace.ts'
import { writeSlice } from './write.ts'
import { writeSliceMachine } from './xstate/write.ts'

export const sliceExporter: Exporter = {
  kinds: SLICE_KINDS,
  write: { 'zero-dep': writeSlice, xstate: writeSliceMachine },
  covers: ({ blueprint, node }) => [...sliceOf(blueprint, node).values()].map(({ id }) => id),
  places: slicePlaces,
  stemOf: () => 'cqrs',
  tests(part, { slices }) {
    const plan = planSlice(part)
    const run = slices?.[part.node.id]
    const recorded = run && run.events.length > 0 ? run : undefined
    return [
      ['replay-slice.ts', replaySliceModule()],
      [`${part.fileStem}.trace.ts`, sliceTrace(plan, recorded)],
      [`${part.fileStem}.test.ts`, sliceTest(plan, recorded !== undefined)],
    ]
  },
  wiring: sliceWiring,
}

function sliceWiring({ part, module, nameOf }: Wiring): Code {
  const { uses, fileName } = planSlice(part)
  const name = nameOf(`create ${fileName}`, 'createSlice')
  const type = typeName(name)
  const letters = uses.parks ? code`, deadLetters` : code``
  return code`
    export interface ${ident(`${type}Ports`)} {
      store: ${module}.EventStore;
      ${when(uses.stored)}readModel: ${module}.ReadModel;
      ${when(uses.parks)}deadLetters: ${module}.DeadLetters;
    }

    export interface ${ident(`${type}Result`)} {
      commands: ${module}.CommandHandler;
      queries: ${module}.QueryHandler;
      ${when(uses.async)}stop: () => void;
    }

    /** Commands, projector and queries over your own stores. */
    export function ${ident(name)}(ports: ${ident(`${type}Ports`)}): ${ident(`${type}Result`)} {
      ${when(!uses.stored)}const { store } = ports;
      ${when(uses.stored)}const { store, readModel${letters} } = ports;
      ${when(uses.stored)}const projector = new ${module}.Projector(store, readModel${letters});
      return {
        commands: new ${module}.CommandHandler(store${uses.inline ? code`, projector` : code``}),
        ${when(!uses.stored)}queries: new ${module}.QueryHandler(store),
        ${when(uses.stored)}queries: new ${module}.QueryHandler(readModel${uses.waits ? code`, projector` : code``}),
        ${when(uses.async)}stop: projector.start(),
      };
    }
  `
}
