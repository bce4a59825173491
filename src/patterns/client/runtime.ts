import { defineRuntime } from '../pattern.ts'
import { ClientRuntime } from './behavior.ts'
import type { ClientConfig } from './config.ts'

export const clientRuntime = defineRuntime<ClientConfig>({
  create: (config, setup, kernel, node) => new ClientRuntime(kernel, node, config, setup.requestTypes),
})
