import { askingAlso } from './client/asking-also.ts'
import { readWriteSplit } from './cqrs/splitting.ts'
import type { Gathering, Splitting } from './reshaping.ts'
import { sagaGathering } from './saga/gathering.ts'

/** What takes several calls over. */
export const gathering: Gathering = sagaGathering

/** What takes a store's place. */
export const splitting: Splitting = readWriteSplit

/** Kinds that work on whatever they are called for: they may take part in what {@link gathering} makes, and may be split. */
export const ORDINARY: ReadonlySet<string> = new Set(['service'])

/** By kind of source: its settings when half of what it asks for is something new; undefined when that is too much for it. */
export const askingAlsoByKind: Readonly<Record<string, (config: Readonly<Record<string, unknown>>, name: string) => Record<string, unknown> | undefined>> = {
  client: askingAlso,
}
