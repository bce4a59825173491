import { REQUEST_TYPES_MAX, type ClientConfig } from './config.ts'

/** A client's settings when half of its load asks for `name`; what it asks at steady intervals stays. Undefined when it asks for too much already. */
export function askingAlso(config: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> | undefined {
  const { requestTypes } = config as unknown as ClientConfig
  if (requestTypes.length >= REQUEST_TYPES_MAX) return undefined
  const share = requestTypes.reduce((sum, type) => sum + type.share, 0)
  return { ...config, requestTypes: [...requestTypes, { name, share: Math.min(1_000_000, share || 1), everyMs: 0 }] }
}
