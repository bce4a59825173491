import { defineRuntime } from '../pattern.ts'
import { RetryRuntime } from './behavior.ts'
import type { RetryConfig } from './config.ts'

export const retryRuntime = defineRuntime<RetryConfig>({
  create: (config, _setup, kernel, node) => new RetryRuntime(kernel, node, config),
})
