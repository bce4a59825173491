/** Whether an event type is a pattern ('*', 'net.*') rather than a type. */
export function isWildcard(descriptor: string): boolean {
  return descriptor === '*' || descriptor.endsWith('.*')
}

/** Whether a transition under `descriptor` may take an event of `type`; 'net.*' takes 'net' as well as 'net.up.now'. */
export function matches(descriptor: string, type: string): boolean {
  if (descriptor === type || descriptor === '*') return true
  if (!descriptor.endsWith('.*')) return false
  const prefix = descriptor.slice(0, -2)
  return type === prefix || type.startsWith(`${prefix}.`)
}

/** The descriptors that take `type`, strongest first: the type itself, then the longer pattern before the shorter. */
export function strongestFirst(descriptors: Iterable<string>, type: string): string[] {
  const taking = [...descriptors].filter(descriptor => matches(descriptor, type))
  return taking.toSorted((a, b) => Number(b === type) - Number(a === type) || b.length - a.length)
}
