import { Dialog as Radix } from 'radix-ui'
import { useId, useState, type KeyboardEvent } from 'react'
import { useFocusBack } from './focus-back.ts'
import './picker.css'

export interface PickerItem {
  id: string
  label: string
  /** A second line; for what cannot be picked, why. */
  hint?: string | undefined
  keys?: string | undefined
  disabled?: boolean | undefined
  onPick: () => void
}

export interface PickerProps {
  title: string
  placeholder: string
  items: readonly PickerItem[]
  onClose: () => void
}

const SHOWN_MAX = 60

/** A field and what matches it: typing narrows, arrows move, Enter picks. */
export function Picker({ title, placeholder, items, onClose }: PickerProps) {
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const onCloseAutoFocus = useFocusBack()
  const found = matching(items, query).slice(0, SHOWN_MAX)
  const current = Math.min(chosen, found.length - 1)
  const pick = (item: PickerItem | undefined) => {
    if (!item || item.disabled === true) return
    onClose()
    item.onPick()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen((current + step + found.length) % Math.max(1, found.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      pick(found[current])
    }
  }
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="ui-dialog-shade" />
        <Radix.Content className="ui-picker" aria-describedby={undefined} onCloseAutoFocus={onCloseAutoFocus}>
          <Radix.Title className="ui-hidden">{title}</Radix.Title>
          <input
            className="ui-picker-field"
            role="combobox"
            aria-label={title}
            aria-expanded
            aria-controls={list}
            aria-activedescendant={found[current] && `${list}-${current}`}
            placeholder={placeholder}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setChosen(0)
            }}
            onKeyDown={onKey}
          />
          <div className="ui-picker-list" id={list} role="listbox" aria-label={title}>
            {found.map((item, index) => (
              <Option key={item.id} id={`${list}-${index}`} item={item} isChosen={index === current} onPick={() => pick(item)} />
            ))}
          </div>
          {found.length === 0 ? <p className="ui-picker-none">Nothing of that name.</p> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Option({ id, item, isChosen, onPick }: { id: string; item: PickerItem; isChosen: boolean; onPick: () => void }) {
  return (
    <div
      id={id}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: 'nearest' })
      }}
      className="ui-picker-item"
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={item.disabled === true || undefined}
      onClick={onPick}
      onKeyDown={(event) => event.key === 'Enter' && onPick()}
    >
      <span>
        {item.label}
        {item.hint ? <small>{item.hint}</small> : null}
      </span>
      {item.keys ? <kbd className="ui-menu-keys">{item.keys}</kbd> : null}
    </div>
  )
}

/** Every word must occur; what begins with the query comes first. */
function matching(items: readonly PickerItem[], query: string): PickerItem[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '')
  const found = items.filter(({ label, hint = '' }) => words.every((word) => `${label} ${hint}`.toLowerCase().includes(word)))
  const begins = ({ label }: PickerItem): number => (label.toLowerCase().startsWith(query.toLowerCase()) ? 0 : 1)
  return query === '' ? found : found.toSorted((a, b) => begins(a) - begins(b))
}
