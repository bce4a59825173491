import { FlaskConical, Hammer, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Divergence, Proof, Prover } from '../../../proof/types.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { secondsText } from '../../../ui/clock-text.ts'
import { useSlice } from '../../../ui/use-slice.ts'
import type { Asked, SameRun } from '../../code-store.ts'
import type { CodeSource, NodeCode } from '../source.ts'
import { askForProof, countsText } from './ask.ts'
import './proof.css'

export interface ProofPartProps {
  source: CodeSource
  found: NodeCode
  prover: () => Promise<Pick<Prover, 'prove'>>
  sameRun: SameRun
}

/** Holds the exported code against the recorded run; and, so that nobody thinks it staged, a copy with a mistake in it. */
export function ProofPart({ source: { editor, code }, found: { node, target }, prover, sameRun }: ProofPartProps) {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const last = useSlice(code, (state) => state.asked)
  const asked = last?.request.node === node.id && last.request.target === target ? last : undefined
  const isRunning = asked !== undefined && asked.proof === undefined
  const first = useRef<HTMLButtonElement>(null)
  const section = useRef<HTMLElement>(null)
  const proof = asked?.proof
  // On a narrow screen the result is further down than one sees.
  useEffect(() => {
    if (proof) section.current?.scrollIntoView({ block: 'nearest' })
  }, [proof])
  const ask = (isBroken: boolean) => void askForProof(code, prover, { blueprint, node: node.id, target, isBroken })
  const putAway = () => {
    code.setState({ asked: undefined })
    first.current?.focus()
  }
  return (
    <section ref={section} className="proof" aria-label="Proof">
      <div className="proof-buttons">
        <Button ref={first} size="small" icon={<FlaskConical aria-hidden="true" />} disabled={isRunning} title="Replays the recorded run against this code" onClick={() => ask(false)}>
          Prove it
        </Button>
        <Button size="small" tone="quiet" icon={<Hammer aria-hidden="true" />} disabled={isRunning} title="Turns one comparison round in a copy: the proof must fail" onClick={() => ask(true)}>
          Break the code
        </Button>
      </div>
      <div className="proof-said" role="status">
        {asked ? <Said asked={asked} isOld={!sameRun(asked.request.blueprint, blueprint)} onClose={putAway} /> : null}
      </div>
    </section>
  )
}

function Said({ asked: { request, proof }, isOld, onClose }: { asked: Asked; isOld: boolean; onClose: () => void }) {
  if (!proof) return <p className="proof-quiet">{request.isBroken ? 'Running a broken copy against the recorded run…' : 'Running the code against the recorded run…'}</p>
  const holds = !proof.divergence
  const tone = isOld ? 'neutral' : holds === request.isBroken || proof.error !== undefined ? 'warn' : 'ok'
  return (
    <>
      {isOld ? <p className="proof-old">The drawing has changed since: ask again.</p> : null}
      <div className="proof-result">
        <div className="proof-head">
          <p className="proof-verdict" data-tone={tone}>
            {proof.error ?? verdictOf(holds, request.isBroken)}
          </p>
          <IconButton size="small" label="Put the result away" onClick={onClose}>
            <X />
          </IconButton>
        </div>
        {proof.error === undefined ? <Result proof={proof} /> : null}
      </div>
    </>
  )
}

function Result({ proof }: { proof: Proof }) {
  const { change, divergence } = proof
  return (
    <>
      <p className="proof-counts ui-mono">{countsText(proof)}</p>
      {proof.remark === undefined ? null : <p className="proof-quiet">{proof.remark}</p>}
      {change ? (
        <p className="proof-change">
          Line {change.line}: <del>{change.from.trim()}</del> became <ins>{change.to.trim()}</ins>
        </p>
      ) : null}
      {divergence ? <Difference divergence={divergence} /> : null}
    </>
  )
}

function verdictOf(holds: boolean, isBroken: boolean): string {
  if (isBroken) return holds ? 'Nothing differs: this run never comes by the line that was turned round.' : 'Caught: the broken copy differs from the run.'
  return holds ? 'Proven: the code did what the run did.' : 'The code differs from the run.'
}

/** The first difference side by side, under the last things that both agree on. */
function Difference({ divergence: { atMs, expected, actual, before } }: { divergence: Divergence }) {
  return (
    <div className="proof-difference">
      <p>First difference, at {secondsText(atMs * 1_000)}:</p>
      {before.length > 0 ? (
        <ol className="proof-agreed" aria-label="Both agree on">
          {before.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ol>
      ) : null}
      <dl className="proof-sides">
        <div>
          <dt>In the run</dt>
          <dd>{expected}</dd>
        </div>
        <div>
          <dt>In the code</dt>
          <dd>{actual}</dd>
        </div>
      </dl>
    </div>
  )
}
