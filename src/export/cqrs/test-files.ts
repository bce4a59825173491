import type { SlicePlan } from './plan.ts'
import { code, fileStem, joined, printFile, when, type Code } from '../print.ts'
import { projectorTests } from './projector-tests.ts'

/**
 * The slice's tests: what is written is read; a restart applies each event once where the config promises it; and the recorded
 * run again, where there is one.
 */
export function sliceTest(plan: SlicePlan, isRecorded: boolean): string {
  const { uses, projector } = plan
  const isSound = uses.stored && !uses.inline && (projector.checkpoint === 'atomic' || (projector.checkpoint === 'after' && projector.idempotency !== 'none'))
  const letters = uses.parks ? code`, letters` : code``
  return printFile(code`
    ${imports(plan, isRecorded)}

    ${memoryStore(plan)}

    ${uses.stored && memoryReadModel(plan)}

    ${uses.parks && code`
      const letters: DeadLetters = {
        park: async () => {},
        ${when(uses.parksSequences)}holds: async () => false,
      };
    `}

    const add = (quantity: number) => ({ type: 'AddItem', orderId: 'a', quantity }) as const;

    test('reads what was written', async () => {
      const store = new MemoryStore();
      ${when(uses.stored)}const readModel = new MemoryReadModel();
      ${when(uses.stored)}const projector = new Projector(store, readModel${letters});
      const commands = new CommandHandler(store${uses.inline ? code`, projector` : code``});
      await commands.handle(add(2));
      await commands.handle(add(3));
      ${when(uses.async)}await projector.catchUp();
      ${when(!uses.stored)}const queries = new QueryHandler(store);
      ${when(uses.stored)}const queries = new QueryHandler(readModel${uses.waits ? code`, projector` : code``});
      assert.deepEqual(await queries.handle({ orderId: 'a' }), { orderId: 'a', items: 5 });
    });

    ${isSound && code`
      test('applies each event once, whichever write a restart follows', async () => {
        for (let write = 1; write <= 6; write += 1) {
          for (const side of ['breaksBefore', 'breaksAfter'] as const) {
            const store = new MemoryStore();
            const commands = new CommandHandler(store);
            for (const quantity of [1, 2, 3]) await commands.handle(add(quantity));
            const readModel = new MemoryReadModel();
            readModel[side] = write;
            await new Projector(store, readModel${letters}).catchUp().catch(() => {});
            await new Projector(store, readModel${letters}).catchUp();
            assert.equal((await readModel.read('a'))?.view.items, 6);
          }
        }
      });
    `}

    ${replayTest(plan, isRecorded)}

    ${uses.async && projectorTests(plan)}
  `)
}

function imports({ uses, fileName }: SlicePlan, isRecorded: boolean): Code {
  return code`
    import assert from 'node:assert/strict';
    import { test } from 'node:test';
    import {
      CommandHandler,
      QueryHandler,
      ${when(uses.stored)}Projector,
      ${when(uses.checksVersion)}VersionConflict,
      type DomainEvent,
      type EventStore,
      type StoredEvent,
      ${when(uses.stored)}type ReadModel,
      ${when(uses.stored)}type Row,
      ${when(uses.parks)}type DeadLetters,
      type View,
    } from '../src/${fileStem(fileName)}.ts';
    ${when(isRecorded)}import { edges, recorded } from './${fileStem(fileName)}.trace.ts';
    ${when(!isRecorded)}import { edges } from './${fileStem(fileName)}.trace.ts';
    ${when(uses.async && (uses.polls || uses.waits))}import { deedsOf, pass, replay, World } from './replay-slice.ts';
    ${when(uses.async && !uses.polls && !uses.waits)}import { deedsOf, replay, World } from './replay-slice.ts';
    ${when(!uses.async)}import { deedsOf, replay, type World } from './replay-slice.ts';
  `
}

function replayTest({ uses }: SlicePlan, isRecorded: boolean): Code {
  const needsClock = uses.async || uses.retriesEvents
  const letters = uses.parks ? code`, world.deadLetters` : code``
  const options = needsClock ? code`{ clock, onReport }` : code`{ onReport }`
  const taken = [(needsClock || uses.backsOff || uses.waits) && code`clock`, uses.stored && code`onReport`].filter((name) => name !== false)
  const conflict = uses.checksVersion ? code`() => new VersionConflict()` : code`() => new Error('conflict')`
  return code`
    function replayed(world: World<DomainEvent, View>) {
      ${taken.length > 0 && code`const { ${joined(taken)} } = world;`}
      ${when(uses.stored)}const projector = new Projector(world.store, world.readModel${letters}, ${options});
      return {
        isInline: ${uses.inline ? code`true` : code`false`},
        eventOf: (quantity: number): DomainEvent => ({ type: 'ItemAdded', quantity }),
        commands: new CommandHandler(world.store${uses.inline ? code`, projector` : code``}${uses.backsOff ? code`, clock` : code``}),
        ${when(uses.stored)}projector,
        ${when(!uses.stored)}queries: new QueryHandler(world.store),
        ${when(uses.stored)}queries: new QueryHandler(world.readModel${uses.waits ? code`, projector, clock` : code``}),
      };
    }

    test('puts up with as many conflicts and failures as its config says', async () => {
      const deeds = await replay(edges, replayed, ${conflict});
      assert.deepEqual(deeds, deedsOf(edges, ${uses.stored ? code`true` : code`false`}));
    });
    ${when(isRecorded)}
    ${isRecorded && code`
      test('writes and applies what it did in the simulation, in the same order', async () => {
        const deeds = await replay(recorded, replayed, ${conflict});
        assert.deepEqual(deeds, deedsOf(recorded, ${uses.stored ? code`true` : code`false`}));
      });
    `}
  `
}

function memoryStore({ uses }: SlicePlan): Code {
  return code`
    class MemoryStore implements EventStore {
      readonly #events: StoredEvent[] = [];

      async readStream(stream: string): Promise<readonly StoredEvent[]> {
        return this.#events.filter((stored) => stored.stream === stream);
      }

      ${uses.checksVersion && code`
        async append(
          stream: string,
          expectedVersion: number,
          events: readonly DomainEvent[],
        ): Promise<readonly StoredEvent[]> {
          const version = (await this.readStream(stream)).length;
          if (version !== expectedVersion) throw new VersionConflict();
          return this.#add(stream, version, events);
        }
      `}
      ${!uses.checksVersion && code`
        async append(stream: string, events: readonly DomainEvent[]): Promise<readonly StoredEvent[]> {
          return this.#add(stream, (await this.readStream(stream)).length, events);
        }
      `}

      #add(stream: string, version: number, events: readonly DomainEvent[]): readonly StoredEvent[] {
        const stored = events.map((event, index) => ({
          position: this.#events.length + index + 1,
          stream,
          version: version + index + 1,
          event,
        }));
        this.#events.push(...stored);
        return stored;
      }

      ${uses.stored && code`
        async readAll(afterPosition: number, limit: number): Promise<readonly StoredEvent[]> {
          return this.#events.slice(afterPosition, afterPosition + limit);
        }
      `}

      ${uses.async && !uses.polls && code`
        subscribe(): () => void {
          return () => {};
        }
      `}
    }
  `
}

function memoryReadModel({ projector, uses }: SlicePlan): Code {
  const processed = uses.processedIds ? code`, processed: readonly number[]` : code``
  const isAtomic = projector.checkpoint === 'atomic'
  return code`
    class MemoryReadModel implements ReadModel {
      breaksBefore = 0;
      breaksAfter = 0;
      #writes = 0;
      readonly #rows = new Map<string, Row>();
      ${when(uses.processedIds)}readonly #processed = new Set<number>();
      #checkpoint = 0;

      async read(key: string): Promise<Row | undefined> {
        return this.#rows.get(key);
      }

      async checkpoint(): Promise<number> {
        return this.#checkpoint;
      }

      ${uses.processedIds && code`
        async wasProcessed(position: number): Promise<boolean> {
          return this.#processed.has(position);
        }
      `}

      ${isAtomic && code`
        async save(rows: readonly Row[]${processed}, checkpoint: number): Promise<void> {
          this.#write(() => {
            for (const row of rows) this.#rows.set(row.key, row);
            ${when(uses.processedIds)}for (const position of processed) this.#processed.add(position);
            this.#checkpoint = checkpoint;
          });
        }
      `}
      ${!isAtomic && code`
        async saveRows(rows: readonly Row[]${processed}): Promise<void> {
          this.#write(() => {
            for (const row of rows) this.#rows.set(row.key, row);
            ${when(uses.processedIds)}for (const position of processed) this.#processed.add(position);
          });
        }

        async saveCheckpoint(position: number): Promise<void> {
          this.#write(() => {
            this.#checkpoint = position;
          });
        }
      `}

      #write(change: () => void): void {
        this.#writes += 1;
        if (this.#writes === this.breaksBefore) throw new Error('crash');
        change();
        if (this.#writes === this.breaksAfter) throw new Error('crash');
      }
    }
  `
}
