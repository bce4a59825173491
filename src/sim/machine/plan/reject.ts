/** Where in the machine something stands: a state's path, or what implements a name. */
export type Reject = (construct: string, remedy: string) => never

/** Refuses constructs at one place of one machine: the error names machine, place, construct and remedy. */
export function rejectAt(machineId: string, place: string): Reject {
  return (construct, remedy) => {
    throw new Error(`machine "${machineId}", ${place}: ${construct}; ${remedy}`)
  }
}
