import type { SettingPlace } from '../../export/index.ts'
import type { Session } from '../session/session.ts'

/** Leads to where a node's code gives a constant its value. */
export function showInCode({ editor, code, shell }: Session, node: string, constant: string): void {
  editor.getState().select(node)
  code.setState({ path: undefined, jump: { to: 'code', node, constant } })
  shell.setState({ tab: 'code' })
}

/** Leads to the setting that a constant of the code comes from. */
export function showSetting({ editor, code, shell }: Session, place: SettingPlace): void {
  editor.getState().select(place.node)
  code.setState({ jump: { to: 'setting', place } })
  shell.setState({ tab: 'inspect' })
}
