import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { planParts, settingsOf } from '../breaker/settings.ts'
import { planSlice } from '../cqrs/plan.ts'
import { createNamer, typeName } from '../names.ts'
import { code, fileStem, ident, printFile, prose, when, type Code } from '../print.ts'
import { planSaga } from '../saga/plan.ts'
import { protectedLabel } from '../snippet.ts'

/** A node with code, and the file that the code is in. */
export interface Part {
  node: BlueprintNode
  stem: string
  kind: 'breaker' | 'saga' | 'slice'
}

/** How the parts are put together, with what only the user can fill in. */
export function wiring(blueprint: Blueprint, parts: readonly Part[]): string {
  const nameOf = createNamer()
  const written = parts.map((part) => {
    // Every file is a module of its own name, so that parts of two files never meet.
    const module = ident(nameOf(part.stem, `${part.kind}Module`))
    return { module, stem: part.stem, body: BODIES[part.kind](blueprint, part, module, nameOf) }
  })
  return printFile(code`
    ${written.map(({ module, stem }) => code`import * as ${module} from './${fileStem(stem)}.ts';`)}

    ${written.map(({ body }) => code`

      ${body}
    `)}
  `)
}

type NameOf = ReturnType<typeof createNamer>

const BODIES: Record<Part['kind'], (blueprint: Blueprint, part: Part, module: Code, nameOf: NameOf) => Code> = { breaker, saga, slice }

function breaker(blueprint: Blueprint, { node }: Part, module: Code, nameOf: NameOf): Code {
  const behind = protectedLabel(blueprint, node.id)
  const name = ident(nameOf(`call ${behind}`, 'callService'))
  const answer = planParts(settingsOf(node)).hasFallback ? code`T | ${module}.FallbackResponse` : code`T`
  return code`
    /** ${prose(behind)}, behind "${prose(node.label)}": give it your own call. */
    export function ${name}<T>(request: () => Promise<T>): Promise<${answer}> {
      return ${module}.makeRequest(request);
    }
  `
}

function saga(blueprint: Blueprint, { node, stem }: Part, module: Code, nameOf: NameOf): Code {
  const { className, services, uses } = planSaga(blueprint, node, stem)
  const name = ident(nameOf(`create ${className}`, 'createSaga'))
  const type = code`${module}.${ident(className)}`
  const port = code`${module}.${ident(services)}`
  if (!uses.log) {
    return code`
      /** "${prose(node.label)}" with your services. */
      export function ${name}(services: ${port}): ${type} {
        return new ${type}(services);
      }
    `
  }
  return code`
    /** "${prose(node.label)}" with your services and your log, after it ended what a crash cut short. */
    export async function ${name}(
      services: ${port},
      log: ${module}.SagaLog,
    ): Promise<${type}> {
      const saga = new ${type}(services, log);
      await saga.recover();
      return saga;
    }
  `
}

function slice(blueprint: Blueprint, { node, stem }: Part, module: Code, nameOf: NameOf): Code {
  const { uses } = planSlice(blueprint, node, stem)
  const name = nameOf(`create ${stem}`, 'createSlice')
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
