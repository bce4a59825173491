import { defineRuntime } from '../pattern.ts'
import { TimeoutRuntime } from './behavior.ts'
import type { TimeoutConfig } from './config.ts'

export const timeoutRuntime = defineRuntime<TimeoutConfig>({
  create: (config, _setup, kernel, node) => new TimeoutRuntime(kernel, node, config),
})
