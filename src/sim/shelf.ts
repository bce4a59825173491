import type { AnyStateMachine } from 'xstate'
import type { Compile } from './contract.ts'
import type { Signal } from './input.ts'
import type { CompiledMachine } from './machine/index.ts'

/** Compiled machines, each made once: nodes with the same machine share it. */
export class Shelf {
  readonly #compile: Compile
  readonly #compiled = new Map<AnyStateMachine, unknown>()

  constructor(compile: Compile) {
    this.#compile = compile
  }

  of<C, E extends Signal>(machine: AnyStateMachine): CompiledMachine<C, E> {
    const known = this.#compiled.get(machine)
    if (known) return known as CompiledMachine<C, E>
    const compiled = this.#compile<C, E>(machine)
    this.#compiled.set(machine, compiled)
    return compiled
  }
}
