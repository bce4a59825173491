import * as v from 'valibot'
import { choiceField, countField, distributionField, distributionSchema, listOf, numberField, shown } from '../fields.ts'

/** Of one client. */
export const REQUEST_TYPES_MAX = 20

type Config = Readonly<Record<string, unknown>>
const isOpen = (config: Config): boolean => config['load'] !== 'users'
const isRamp = (config: Config): boolean => config['load'] === 'ramp'
const isBurst = (config: Config): boolean => config['load'] === 'burst'
const isUsers = (config: Config): boolean => config['load'] === 'users'

const typeName = v.pipe(
  v.string((issue) => `${shown(issue.input)} is not a name`),
  v.regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,39}$/u, (issue) => `${shown(issue.input)} is not a name: letters, digits, blanks, at most 40`),
)

const requestType = v.strictObject({
  name: typeName,
  share: numberField({ label: 'Share', help: 'Weight among the types.', min: 0, max: 1_000_000 }),
  /** Above 0: asked at this steady interval instead, beside the rest. */
  everyMs: v.optional(numberField({ label: 'Every', help: 'Interval of a steady job; 0: takes its share of the load.', min: 0, max: 3_600_000 }), 0),
  /** After a good answer the same user asks this, about the same thing. */
  thenAsk: v.optional(v.strictObject({ name: typeName, after: distributionSchema })),
})

const requestTypesMeta = {
  label: 'Request types',
  help: 'What this client asks for, and in which proportion. Edges may carry only some types.',
  control: 'list' as const,
}

export const clientSchema = v.strictObject({
  load: choiceField(
    [
      { value: 'poisson', label: 'Random (Poisson)' },
      { value: 'constant', label: 'Steady' },
      { value: 'ramp', label: 'Ramp' },
      { value: 'burst', label: 'Bursts' },
      { value: 'users', label: 'Users who wait' },
    ],
    { label: 'Load', help: 'Open load keeps coming however slow the answers are; users wait for theirs, then think.' },
  ),
  ratePerSecond: numberField({
    label: 'Requests', unit: '/s', min: 0.001, max: 100_000, scale: 'log', main: true, when: isOpen,
    help: 'Requests per second; for a ramp where it starts, for bursts the rate between them.',
  }),
  rampToPerSecond: numberField({ label: 'Ramp to', unit: '/s', min: 0.001, max: 100_000, scale: 'log', when: isRamp, help: 'Rate at the end of the ramp.' }),
  rampMs: numberField({ label: 'Ramp lasts', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', when: isRamp, help: 'Time from the first rate to the last.' }),
  burstPerSecond: numberField({ label: 'Burst rate', unit: '/s', min: 0.001, max: 100_000, scale: 'log', when: isBurst, help: 'Rate during a burst.' }),
  burstEveryMs: numberField({ label: 'Burst every', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', when: isBurst, help: 'Time from the start of one burst to the next.' }),
  burstForMs: numberField({ label: 'Burst lasts', unit: 'ms', min: 1, max: 3_600_000, scale: 'log', when: isBurst, help: 'Length of a burst.' }),
  users: countField({ label: 'Users', unit: 'users', min: 1, max: 100_000, scale: 'log', main: true, when: isUsers, help: 'Each has one request under way at a time.' }),
  think: distributionField({ label: 'Think time', when: isUsers, help: 'Pause of a user between an answer and the next request; after an answer in no time, 1 ms at least.' }),
  sessions: countField({
    label: 'Sessions', unit: 'sessions', min: 0, max: 100_000, scale: 'log', when: isOpen,
    help: 'Open load comes from so many users, told apart where it matters whose write is read. 0: every request is somebody else.',
  }),
  deadlineMs: numberField({
    label: 'Deadline', unit: 'ms', min: 0, max: 3_600_000, scale: 'log', main: true,
    help: 'After this the client gives up on a request. 0: it waits for ever.',
  }),
  sendUntilMs: numberField({ label: 'Send until', unit: 'ms', min: 0, max: 86_400_000, help: 'Stops asking at this time, so that the run can drain. 0: never.' }),
  requestTypes: v.pipe(
    listOf(requestType, REQUEST_TYPES_MAX, 'request types'),
    v.minLength(1, 'needs at least one request type'),
    v.check((types) => new Set(types.map((type) => type.name)).size === types.length, 'names a request type twice'),
    v.check((types) => types.some((type) => type.share > 0 || type.everyMs > 0), 'needs a share above 0'),
    v.check(
      (types) => types.every(({ thenAsk }) => thenAsk === undefined || types.some(({ name }) => name === thenAsk.name)),
      'has a thenAsk that is none of its own request types',
    ),
    v.metadata({ ...requestTypesMeta }),
  ),
})

export type ClientConfig = v.InferOutput<typeof clientSchema>

export const clientDefaults: ClientConfig = {
  load: 'poisson',
  ratePerSecond: 20,
  rampToPerSecond: 100,
  rampMs: 20_000,
  burstPerSecond: 100,
  burstEveryMs: 10_000,
  burstForMs: 1_000,
  users: 20,
  think: { type: 'exponential', meanMs: 1_000 },
  sessions: 0,
  deadlineMs: 2_000,
  sendUntilMs: 0,
  requestTypes: [{ name: 'request', share: 1, everyMs: 0 }],
}
