import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { sagaSnippet } from './testing/saga-nodes.ts'
import { everySagaShape, SAGA_EXTRAS } from './testing/saga-shapes.ts'
import { typeErrors } from './testing/type-check.ts'

it('type-checks under the strictest settings, whatever is configured', () => {
  const breakers = everyShape().map((shape) => breakerSnippet(shape).code)
  const sagas = [...everySagaShape(), ...SAGA_EXTRAS].map((shape) => sagaSnippet(shape).code)
  expect([breakers.length, sagas.length]).toEqual([216, 1_309])
  const numbered = (name: string, codes: readonly string[]) => codes.map((code, index) => [`${name}-${index}.ts`, code])
  expect(typeErrors({ ...Object.fromEntries([...numbered('breaker', breakers), ...numbered('saga', sagas)]), 'user.ts': USER })).toBe('')
})

/** What somebody writes who uses it. */
const USER = `
import { makeRequest } from './breaker-215.ts';
import { NotDone, OrderSaga, type OrderServices, type SagaLog } from './saga-0.ts';

export async function pay(): Promise<string> {
  const answer = await makeRequest(() => Promise.resolve({ receipt: 'r1' }));
  return 'receipt' in answer ? answer.receipt : answer.message;
}

export async function order(services: OrderServices, log: SagaLog): Promise<boolean> {
  const shipOrder = () => Promise.reject(new NotDone('declined'));
  const saga = new OrderSaga({ ...services, shipOrder }, log);
  await saga.recover();
  return (await saga.execute('order-1', { id: 'order-1' })) === 'completed';
}
`
