/** Every figure of a projection: what people call it, what it means, and where the definition comes from. */
export const DEFINITIONS = {
  lag: {
    term: 'Lag',
    text: 'Events committed that are neither in the view nor set aside, and the age of the oldest of them. It heals. Marten charts it as “gap”, Emmett as lag_events.',
  },
  drift: {
    term: 'Drift',
    text: 'Keys whose row is not the fold of their events up to the checkpoint. It does not heal. Found here by folding the log anew; a dashboard that shows lag only reads 0.',
  },
  ageOfInformation: {
    term: 'Age of information',
    text: 'Time since the newest event that the view shows was committed: it grows also while nobody writes. Kaul, Yates, Gruteser, INFOCOM 2012.',
  },
  meanAge: { term: 'Its average', text: 'Age of information, averaged over time since the first event. Kaul, Yates, Gruteser, INFOCOM 2012.' },
  visibility: {
    term: 'P(visible within t)',
    text: 'Probability that a committed event is in the view after t. Events still on their way count as at least that late (Kaplan, Meier 1958). t-visibility: Bailis et al., PBS, VLDB 2012.',
  },
  propagation: { term: 'Propagation p50 · p95 · p99', text: 'From commit to visible, read off the curve above; – where it does not reach. Bailis et al., PBS, VLDB 2012.' },
  staleness: {
    term: 'Versions behind',
    text: 'How many versions of its key each read was behind: k-staleness. Bailis et al., PBS, VLDB 2012. The marks show what the same share of fresh reads would give if reads were independent.',
  },
  staleReads: { term: 'Stale reads', text: 'Share of reads that were at least one version of their key behind, since the run began. Bailis et al., PBS, VLDB 2012.' },
  readYourWrites: { term: 'Own writes missed', text: 'Reads that did not show a write of the same session: read-your-writes violated. Terry et al., Session Guarantees, PDIS 1994.' },
  monotonicReads: { term: 'Reads gone back', text: 'Reads older than what the same session had seen: monotonic reads violated. Terry et al., Session Guarantees, PDIS 1994.' },
  convergence: { term: 'Convergence', text: 'From the last commit until the view had everything; – while it has not. Vogels calls it the inconsistency window, CACM 2009.' },
  conflicts: { term: 'Conflicts', text: 'Appends refused because somebody else wrote since the aggregate was loaded: optimistic concurrency by expected version, as in KurrentDB, Marten, Emmett.' },
  deadLetters: { term: 'Dead letters', text: 'Events set aside because handling them failed, and those parked behind them. Axon: sequenced dead-letter queue.' },
  skipped: { term: 'Skipped', text: 'Events given up after their last retry: the view never gets them. Marten: SkipApplyErrors.' },
  gaps: { term: 'Gaps', text: 'Positions below the head without an event: rolled back, or not committed yet. Marten waits for them at its high-water mark.' },
  duplicates: { term: 'Duplicates', text: 'Events that came again: applied again, and known as handled. At-least-once delivery makes them; idempotency makes them harmless.' },
  utilisation: { term: 'Projector busy', text: 'Share of the last two seconds it spent handling (ρ of queueing theory). When events come faster than it handles them, the lag grows for ever.' },
  waits: { term: 'Reads that waited', text: 'Reads held until the view had their version, for how long on average, and how many gave up. Marten: QueryForNonStaleData.' },
  rebuilds: { term: 'Rebuilds', text: 'How often the view was emptied and folded anew from the first event. It ends drift; meanwhile reads are old.' },
} as const satisfies Record<string, { term: string; text: string }>
