import { Section } from '../../ui/section.tsx'
import type { SagaFacts } from './facts.ts'

/** What a share of the bar is at least drawn as, in percent: a few items among a thousand are still seen. */
const SEEN_PERCENT = 2.5

/** Stock and money, as all sagas together left them. */
export function LedgerPart({ facts: { ledger } }: { facts: SagaFacts }) {
  const { onHand, reserved, shipped, charged, refunded, exposed, exposure } = ledger
  const stock = [
    { key: 'hand', word: 'on hand', items: onHand },
    { key: 'reserved', word: 'reserved', items: reserved },
    { key: 'shipped', word: 'shipped', items: shipped },
  ]
  const all = stock.reduce((sum, { items }) => sum + Math.max(0, items), 0)
  return (
    <Section title="Ledger">
      <div className="saga-stock" aria-hidden="true">
        {stock.map(({ key, items }) => (
          <span key={key} data-stock={key} style={{ flexGrow: Math.max(0, items), minWidth: items > 0 && all > 0 ? `${SEEN_PERCENT}%` : 0 }} />
        ))}
      </div>
      <dl className="saga-figures">
        {stock.map(({ key, word, items }) => (
          <Figure key={key} term={word} value={String(items)} stock={key} isBad={items < 0} />
        ))}
        <Figure term="charged" value={moneyText(charged)} />
        <Figure term="refunded" value={moneyText(refunded)} />
        <Figure term="kept" value={moneyText(charged - refunded)} isBad={charged < refunded} />
      </dl>
      <p className="saga-exposed">
        <b>{moneyText(exposed)}</b> at risk now: charged, neither shipped nor refunded. <b>{amount(exposure)} €·s</b> so far.
      </p>
    </Section>
  )
}

function Figure({ term, value, stock, isBad = false }: { term: string; value: string; stock?: string; isBad?: boolean }) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>
        {stock ? <i className="saga-key" data-stock={stock} aria-hidden="true" /> : null}
        {term}
      </dt>
      <dd>{value}</dd>
    </div>
  )
}

function moneyText(value: number): string {
  return `${amount(value)} €`
}

/** `1,250` or `0.5`, as short as it can be told. */
function amount(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 })
}
