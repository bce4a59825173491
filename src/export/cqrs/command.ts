import { code, when, type Code } from '../print.ts'
import type { SliceParts, SlicePlan } from './plan.ts'

/** The command side: load, decide, append. */
export function commandHandler({ uses }: SlicePlan): Code {
  const inline = uses.inline ? code`, projector: Projector` : code``
  const option = uses.backsOff ? code`, clock: Clock = systemClock` : code``
  return code`
    /** What a command brought about: the stream it wrote to, and the version that this has now. */
    export interface Receipt {
      stream: string;
      version: number;
      ${when(uses.returnsView)}/** The view with it, before the read model has it. */
      ${when(uses.returnsView)}view: View | undefined;
    }

    export class CommandHandler {
      readonly #store: EventStore;
      ${when(uses.inline)}readonly #projector: Projector;
      ${when(uses.backsOff)}readonly #clock: Clock;

      constructor(store: EventStore${inline}${option}) {
        this.#store = store;
        ${when(uses.inline)}this.#projector = projector;
        ${when(uses.backsOff)}this.#clock = clock;
      }

      ${throwsComment(uses)}
      ${uses.retriesConflicts ? retryingHandle(uses.backsOff) : undefined}
      ${when(uses.retriesConflicts)}
      ${when(!uses.retriesConflicts)}async handle(command: Command): Promise<Receipt> {
      ${when(uses.retriesConflicts)}async #handleOnce(command: Command): Promise<Receipt> {
        const stream = command.orderId;
        const history = await this.#store.readStream(stream);
        const state = history.reduce((before, { event }) => evolve(before, event), NOTHING_YET);
        const events = decide(state, command);
        ${when(uses.checksVersion)}const stored = await this.#store.append(stream, history.at(-1)?.version ?? 0, events);
        ${when(!uses.checksVersion)}const stored = await this.#store.append(stream, events);
        ${when(uses.inline && !uses.takesOwn)}await this.#projector.catchUp();
        ${when(uses.takesOwn)}await this.#projector.take(stored);
        ${uses.returnsView && code`
          let view: View | undefined;
          for (const { event } of [...history, ...stored]) view = project(view, stream, event);
        `}
        const version = (stored.at(-1) ?? history.at(-1))?.version ?? 0;
        return { stream, version${uses.returnsView ? code`, view` : code``} };
      }
    }
  `
}

function throwsComment({ checksVersion, retriesConflicts, inline }: SliceParts): Code {
  const conflict = checksVersion ? code`, VersionConflict` : code``
  const often = retriesConflicts ? code` when every retry met one` : code``
  const thrown = code`@throws CommandRefused${conflict}${often}, or what the store throws.`
  if (!inline) return code`/** ${thrown} */`
  return code`
    /**
     * ${thrown}
     * A command whose view cannot be written has failed as well, although its events are kept.
     */
  `
}

function retryingHandle(backsOff: boolean): Code {
  return code`
    async handle(command: Command): Promise<Receipt> {
      for (let retry = 0; ; retry += 1) {
        try {
          return await this.#handleOnce(command);
        } catch (error) {
          if (!(error instanceof VersionConflict) || retry >= CONFLICT_RETRIES) throw error;
          ${when(backsOff)}await pause(this.#clock, CONFLICT_BACKOFF_MS);
        }
      }
    }
  `
}
