import type { Exporter, Wiring } from '../exporter.ts'
import { typeName } from '../names.ts'
import { code, ident, when, type Code } from '../print.ts'
import { slicePlaces } from './places.ts'
import { planSlice, sliceOf, SLICE_KINDS, type SliceParts } from './plan.ts'
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
  const name = ident(nameOf(`create ${fileName}`, 'createSlice'))
  const type = typeName(name.toString())
  const [ports, result] = [ident(`${type}Ports`), ident(`${type}Result`)]
  const letters = uses.parks ? code`, deadLetters` : code``
  const options = optionsOf(uses, module)
  return code`
    export interface ${ports} {
      store: ${module}.EventStore;
      ${when(uses.stored)}readModel: ${module}.ReadModel;
      ${when(uses.parks)}deadLetters: ${module}.DeadLetters;
    }

    export interface ${result} {
      commands: ${module}.CommandHandler;
      queries: ${module}.QueryHandler;
      ${when(uses.stored)}projector: ${module}.Projector;
      ${when(uses.async)}stop: () => void;
    }

    /** Commands, projector and queries over your own stores. */
    ${options === undefined && code`export function ${name}(ports: ${ports}): ${result} {`}
    ${options !== undefined && code`
      export function ${name}(
        ports: ${ports},
        options: ${options} = {},
      ): ${result} {
    `}
      ${when(!uses.stored)}const { store } = ports;
      ${when(uses.stored)}const { store, readModel${letters} } = ports;
      ${when(uses.stored)}const projector = new ${module}.Projector(store, readModel${letters}, options);
      return {
        commands: new ${module}.CommandHandler(store${uses.inline ? code`, projector` : code``}${uses.backsOff ? code`, options.clock` : code``}),
        ${when(!uses.stored)}queries: new ${module}.QueryHandler(store),
        ${when(uses.stored)}queries: new ${module}.QueryHandler(readModel${uses.waits ? code`, projector, options.clock` : code``}),
        ${when(uses.stored)}projector,
        ${when(uses.async)}stop: projector.start(),
      };
    }
  `
}

/** Type of what a slice can be given besides its ports: a clock where one of its parts has one, and who is told of its projector. */
function optionsOf({ stored, timers, async, retriesEvents }: SliceParts, module: Code): Code | undefined {
  const clock = code`{ clock?: ${module}.Clock }`
  if (!stored) return timers ? clock : undefined
  const projectors = code`${module}.ProjectorOptions`
  return timers && !async && !retriesEvents ? code`${projectors} & ${clock}` : projectors
}
