import { breakerExporter } from './breaker/exporter.ts'
import { sliceExporter } from './cqrs/exporter.ts'
import type { Exporter } from './exporter.ts'
import { retryExporter } from './retry/exporter.ts'
import { sagaExporter } from './saga/exporter.ts'
import { timeoutExporter } from './timeout/exporter.ts'

const EXPORTERS: readonly Exporter[] = [breakerExporter, retryExporter, timeoutExporter, sagaExporter, sliceExporter]

/** How nodes of this kind become code; undefined for kinds without. */
export function findExporter(kind: string): Exporter | undefined {
  return EXPORTERS.find(({ kinds }) => kinds.includes(kind))
}
