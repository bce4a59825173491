import { defineRuntime } from '../pattern.ts'
import { BreakerRuntime } from './behavior.ts'
import type { BreakerConfig } from './config.ts'

export const circuitBreakerRuntime = defineRuntime<BreakerConfig>({
  create: (config, _setup, kernel, node) => new BreakerRuntime(kernel, node, config),
})
