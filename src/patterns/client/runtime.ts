import { Outcome, RecordKind } from '../../sim/record.ts'
import { defineRuntime } from '../pattern.ts'
import { ClientRuntime } from './behavior.ts'
import type { ClientConfig } from './config.ts'

export const clientRuntime = defineRuntime<ClientConfig>({
  create: (config, setup, kernel, node) => new ClientRuntime(kernel, node, config, setup.requestTypes),
  moments: {
    failure: ({ node }) => (words, at) => {
      const outcome = words[at + 6]! & 0xff
      return words[at + 2] === (RecordKind.result | (node << 8)) && outcome !== Outcome.ok && outcome !== Outcome.fallback
    },
  },
})
