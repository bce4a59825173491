import { defineRuntime } from '../pattern.ts'
import { ServiceRuntime } from './behavior.ts'
import type { ServiceConfig } from './config.ts'

export const serviceRuntime = defineRuntime<ServiceConfig>({
  create: (config, setup, kernel, node) => new ServiceRuntime(kernel, node, config, setup.requestTypes),
})
