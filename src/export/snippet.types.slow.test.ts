import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { everyRetryShape, policySnippet } from './testing/policy-nodes.ts'
import { sagaSnippet } from './testing/saga-nodes.ts'
import { everySagaShape } from './testing/saga-shapes.ts'
import { sliceSnippet } from './testing/slice-nodes.ts'
import { everySliceShape } from './testing/slice-shapes.ts'
import { typeErrors } from './testing/type-check.ts'

it('type-checks under the strictest settings, whatever is configured', () => {
  const breakers = everyShape().map((shape) => breakerSnippet(shape).code)
  const sagas = everySagaShape().map((shape) => sagaSnippet(shape).code)
  const slices = everySliceShape().map((shape) => sliceSnippet(shape).code)
  const policies = [...everyRetryShape(), ['timeout'] as const].map((shape) => policySnippet(shape).code)
  expect([breakers.length, sagas.length, slices.length, policies.length]).toEqual([216, 612, 191, 37])
  const numbered = (name: string, codes: readonly string[]) => codes.map((code, index) => [`${name}-${index}.ts`, code])
  const files = [...numbered('breaker', breakers), ...numbered('saga', sagas), ...numbered('slice', slices), ...numbered('policy', policies)]
  expect(typeErrors({ ...Object.fromEntries(files), 'user.ts': USER })).toBe('')
  // A thousand files in one run of the compiler: some ten seconds, several times that on a busy machine.
}, 180_000)

/** What somebody writes who uses it. */
const USER = `
import { makeRequest } from './breaker-215.ts';
import { CommandHandler, Projector, QueryHandler, type EventStore, type ReadModel } from './slice-0.ts';
import { makeRequest as ask } from './policy-0.ts';
import { TimeoutError, makeRequest as wait } from './policy-36.ts';
import { NotDone, OrderSaga, type OrderServices, type SagaLog } from './saga-0.ts';

export async function pay(): Promise<string> {
  const answer = await makeRequest(() => Promise.resolve({ receipt: 'r1' }));
  return 'receipt' in answer ? answer.receipt : answer.message;
}

export async function load(url: string, signal?: AbortSignal): Promise<number> {
  try {
    const answer = await ask((own) => wait((limited) => fetch(url, { signal: limited }), own), signal);
    return answer.status;
  } catch (error) {
    return error instanceof TimeoutError ? error.timeoutMs : 0;
  }
}

export async function order(services: OrderServices, log: SagaLog): Promise<boolean> {
  const shipOrder = () => Promise.reject(new NotDone('declined'));
  const saga = new OrderSaga({ ...services, shipOrder }, log);
  await saga.recover();
  return (await saga.execute('order-1', { id: 'order-1' })) === 'completed';
}

export async function add(store: EventStore, readModel: ReadModel): Promise<number> {
  const stop = new Projector(store, readModel).start();
  await new CommandHandler(store).handle({ type: 'AddItem', orderId: 'order-1', quantity: 2 });
  const view = await new QueryHandler(readModel).handle({ orderId: 'order-1' });
  stop();
  return view?.items ?? 0;
}
`
