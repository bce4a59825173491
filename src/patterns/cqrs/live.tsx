import { useEffect, useRef, type RefObject } from 'react'
import { writeText } from '../../ui/write-text.ts'
import type { NodeBodyProps } from '../view.tsx'

/** Writes into what a node's body drew once, found by `data-live`. What did not change is not touched. */
export class LiveParts {
  readonly #root: HTMLElement
  readonly #written = new Map<string, string>()

  constructor(root: HTMLElement) {
    this.#root = root
  }

  text(name: string, value: string): void {
    this.#write(name, 'text', value, (part) => writeText(part, value))
  }

  attribute(name: string, attribute: string, value: string): void {
    this.#write(name, attribute, value, (part) => part.setAttribute(attribute, value))
  }

  /** A custom property, as `--share`. */
  property(name: string, property: string, value: string): void {
    this.#write(name, property, value, (part) => (part instanceof HTMLElement || part instanceof SVGElement ? part.style.setProperty(property, value) : undefined))
  }

  #write(name: string, what: string, value: string, write: (part: Element) => void): void {
    const key = `${name} ${what}`
    if (this.#written.get(key) === value) return
    this.#written.set(key, value)
    const part = this.#root.querySelector(`[data-live="${name}"]`)
    if (part) write(part)
  }
}

/** A body's root: `write` is called with its node's facts as they come; it must not change from drawing to drawing. */
export function useLiveParts(onFacts: NodeBodyProps['onFacts'], write: (parts: LiveParts, facts: never, state: string) => void): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!root.current) return undefined
    const parts = new LiveParts(root.current)
    return onFacts((state, _context, facts) => {
      if (facts !== undefined) write(parts, facts as never, state)
    })
  }, [onFacts, write])
  return root
}
