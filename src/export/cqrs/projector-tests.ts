import { code, num, when, type Code } from '../print.ts'
import type { SlicePlan } from './plan.ts'

/** Longer than anything waits. */
const LONG_MS = 1_000_000

/** What a projector does by itself: it looks for events, gives up, and wakes who waits. */
export function projectorTests(plan: SlicePlan): Code {
  const { uses, pollMs } = plan
  const conflict = uses.checksVersion ? code`() => new VersionConflict()` : code`() => new Error('conflict')`
  return code`
    /** A world in which the projector sees everything, with some events in it. */
    function worldOf(quantities: readonly number[]): World<DomainEvent, View> {
      const world = new World<DomainEvent, View>([], ${conflict});
      world.limit = Infinity;
      for (const quantity of quantities) append(world, quantity);
      return world;
    }

    function append(world: World<DomainEvent, View>, quantity: number): void {
      world.position += 1;
      world.put('a', { type: 'ItemAdded', quantity });
    }

    test('applies each event once, though it is asked again while it works', async () => {
      const world = worldOf([1, 2, 3]);
      const { projector } = replayed(world);
      const first = projector.catchUp();
      // By then it has begun.
      await Promise.resolve();
      await Promise.all([first, projector.catchUp(), projector.catchUp()]);
      assert.deepEqual(world.projected, ['applied 1', 'applied 2', 'applied 3']);
    });
    ${when(uses.polls)}
    ${uses.polls && code`
      test('looks for events as often as it is set to, and stops when it is told to', async () => {
        const world = worldOf([]);
        const { projector } = replayed(world);
        const stop = projector.start();
        await pass(world, 0);
        append(world, 2);
        await pass(world, ${num(pollMs - 1)});
        assert.deepEqual(world.projected, []);
        await pass(world, ${num(pollMs)});
        assert.deepEqual(world.projected, ['applied 1']);
        stop();
        projector.start()();
        await pass(world, ${num(pollMs + 1)});
        append(world, 3);
        await pass(world, ${LONG_MS});
        assert.deepEqual(world.projected, ['applied 1']);
      });
    `}

    ${givesUp(plan)}

    ${wakes(plan)}
  `
}

function givesUp({ uses, projector: { maximumRetries, retryBackoffMs } }: SlicePlan): Code | false {
  if (!uses.stops || !uses.polls) return false
  return code`
      test('stops at an event that cannot be handled, after as many tries as it is set to', async () => {
        const world = worldOf([1, 2]);
        world.failures.set(2, Infinity);
        replayed(world).projector.start();
        ${when(uses.retriesEvents && retryBackoffMs > 1)}await pass(world, ${num(Math.max(0, retryBackoffMs - 1))});
        ${when(uses.retriesEvents && retryBackoffMs > 1)}assert.equal(world.projected.filter((line) => line === 'failed 2').length, 1);
        await pass(world, ${LONG_MS});
        assert.equal(world.projected.filter((line) => line === 'failed 2').length, ${maximumRetries + 1});
      });
  `
}

function wakes({ uses }: SlicePlan): Code | false {
  if (!uses.waits) return false
  return code`
      test('lets a query wait for what its caller wrote, and no longer', async () => {
        const world = worldOf([2]);
        const { projector, queries } = replayed(world);
        let items = 0;
        queries.handle({ orderId: 'a', after: { stream: 'a', version: 1 } }).then((view) => {
          items = view?.items ?? 0;
        });
        await pass(world, 0);
        assert.equal(items, 0);
        await projector.catchUp();
        await pass(world, 0);
        assert.equal(items, 2);
      });
  `
}
