import { VERSION } from '../base/version.ts'
import type { Part } from './exporter.ts'
import { code, fileStem, printFile, prose, type Code } from './print.ts'

const MODULES = ['circuitbreaker', 'retry', 'timelimiter'] as const

/**
 * The policies as settings of resilience4j, under the names of their files, as `application.yml` of Spring Boot takes them.
 * It begins with what is lost on the way. Undefined when there is no such policy.
 */
export function resilience4jFile(parts: readonly Part[], drawing: string): string | undefined {
  const found = parts.flatMap((part) => {
    const instance = part.exporter.papers?.resilience4j?.(part)
    return instance ? [{ part, ...instance }] : []
  })
  if (found.length === 0) return undefined
  const lost = found.flatMap(({ part, differs }) => differs.map((text) => code`#   ${fileStem(part.fileStem)}: ${prose(text, 200)}`))
  const modules = MODULES.map((module) => ({ module, instances: found.filter((one) => one.module === module) })).filter(({ instances }) => instances.length > 0)
  return printFile(code`
    # From "${prose(drawing)}", by Faultline ${prose(VERSION)}, for resilience4j 2.
    #
    # What is lost or different:
    #   Spring Boot nests Retry(CircuitBreaker(TimeLimiter(call))), whatever the drawing says, unless aspect orders are set.
    ${lost}

    resilience4j:
      ${modules.map(({ module, instances }) => code`
        ${prose(module)}:
          instances:
            ${instances.map(({ part, settings }) => code`
              # ${prose(part.node.label)}
              '${fileStem(part.fileStem)}':
                ${settings}
            `)}
      `)}
  `)
}

/** A line of settings. Numbers stand as YAML has them, words are resilience4j's own. */
export function setting(name: string, value: string | number | boolean): Code {
  return code`${prose(name)}: ${prose(String(value))}`
}
