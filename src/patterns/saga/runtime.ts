import { defineRuntime } from '../pattern.ts'
import { SagaRuntime } from './behavior.ts'
import type { SagaConfig, SagaLogConfig } from './config.ts'
import { SagaLogRuntime } from './log.ts'
import { noteText, startsToCompensate } from './notes.ts'
import { SagaObserver } from './observer.ts'

export const sagaRuntime = defineRuntime<SagaConfig>({
  create: (config, setup, kernel, node) => new SagaRuntime(kernel, node, config, setup),
  observe: (setup) => new SagaObserver(setup),
  moments: { compensation: startsToCompensate },
  noteText,
})

export const sagaLogRuntime = defineRuntime<SagaLogConfig>({
  create: (config, _setup, kernel, node) => new SagaLogRuntime(kernel, node, config),
})
