import { encodeShared } from '../../model/share.ts'
import type { CodeSource } from '../../views/code/source.ts'
import { sharedLink } from '../session/links.ts'
import type { Session } from '../session/session.ts'

/** Where the code of this page comes from. Addresses open the drawing alone, at its beginning: a lesson's text would double them. */
export function codeSource({ editor, code }: Session): CodeSource {
  return {
    editor,
    code,
    linkTo(blueprint) {
      const { protocol, origin, pathname } = window.location
      if (!/^https?:$/.test(protocol)) return undefined
      return origin + pathname + sharedLink(encodeShared({ blueprint: { ...blueprint, lesson: undefined }, playheadUs: 0, selected: [] }))
    },
  }
}
