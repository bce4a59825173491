import { LogBook } from './book.ts'
import type { FromLog, ToLog } from './types.ts'

/** The part of a worker's global scope used here; the pure rooms know no DOM types. */
interface Scope {
  onmessage: ((event: { data: ToLog }) => void) | null
  postMessage(message: FromLog): void
}

const scope = globalThis as unknown as Scope
let book: LogBook | undefined

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage(answer(data))
  } catch (error) {
    scope.postMessage({ type: 'trouble', ask: data.ask, message: error instanceof Error ? error.message : String(error) })
  }
}

function answer(question: ToLog): FromLog {
  const { ask } = question
  if (question.type === 'open') {
    book = new LogBook(question.blueprint)
    return { type: 'opened', ask }
  }
  if (question.type === 'request') return { type: 'request', ask, rows: book?.request(question.request) ?? [] }
  const { filter, from, count, atUs } = question
  const { total, rows, here } = book?.rows(filter, from, count, atUs) ?? { total: 0, rows: [], here: -1 }
  return { type: 'rows', ask, total, from, rows, here, isCut: book?.isCut ?? false }
}
