/** The value at a way into a setting; undefined when the way ends before. */
export function settingAt(setting: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined), setting)
}

/** A copy of a setting with one value in it replaced; only what lies on the way is copied. */
export function withSetting(setting: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(setting)) return setting.map((item: unknown, index) => (index === key ? withSetting(item, rest, value) : item))
  if (typeof setting !== 'object' || setting === null) return setting
  return { ...setting, [key]: withSetting(Reflect.get(setting, key), rest, value) }
}

/** The names of what lies on a way into a setting, outermost first: `['ship_order']`. */
export function namesOnTheWay(setting: unknown, path: readonly (string | number)[]): string[] {
  return path.flatMap((_, index) => {
    const name = settingAt(setting, [...path.slice(0, index + 1), 'name'])
    return typeof name === 'string' ? [name] : []
  })
}
