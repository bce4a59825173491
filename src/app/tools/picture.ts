import { saveFile } from '../../ui/save-file.ts'
import { fileName } from '../files.ts'

const PNG_SCALE = 2

interface Picture {
  svg: string
  width: number
  height: number
}

/** Hands the canvas as it stands, particles included, to the browser as a file. */
export async function savePicture(title: string, type: 'svg' | 'png'): Promise<void> {
  const picture = await pictureOfCanvas()
  if (!picture) return
  const blob = type === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await pngOf(picture)
  saveFile(fileName(title).replace(/\.faultline\.json$/, `.${type}`), blob)
}

/** The canvas as an SVG that needs nothing else: its own styles, fonts and particles. */
export async function pictureOfCanvas(): Promise<Picture | undefined> {
  const flow = document.querySelector<HTMLElement>('.canvas-root .react-flow')
  if (!flow) return undefined
  const { x, y, width, height } = flow.getBoundingClientRect()
  const clone = flow.cloneNode(true) as HTMLElement
  for (const extra of clone.querySelectorAll('.react-flow__handle, .react-flow__attribution, .react-flow__edge-interaction')) extra.remove()
  const particles = document.querySelector<HTMLCanvasElement>('.canvas-particles')
  const place = particles?.getBoundingClientRect()
  const image =
    particles && place && particles.width > 0
      ? `<image href="${particles.toDataURL()}" x="${place.x - x}" y="${place.y - y}" width="${place.width}" height="${place.height}"/>`
      : ''
  const theme = document.documentElement.dataset['theme'] ?? 'dark'
  const styles = `${await fontRules()}\n${await styleRules()}`
  const { fontSize, lineHeight } = getComputedStyle(flow)
  const body = new XMLSerializer().serializeToString(clone)
  const background = getComputedStyle(document.documentElement).getPropertyValue('--bg')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" data-theme="${theme}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<style><![CDATA[${styles.replaceAll(']]>', '')}]]></style>
<rect width="100%" height="100%" fill="${background}"/>
<foreignObject width="${width}" height="${height}"><div xmlns="http://www.w3.org/1999/xhtml" class="canvas-root" style="width:${width}px;height:${height}px;color:var(--ink);font:${fontSize}/${lineHeight} var(--font-ui)">${body}</div></foreignObject>
${image}
</svg>`
  return { svg, width, height }
}

async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * PNG_SCALE
  canvas.height = height * PNG_SCALE
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not draw the picture.'))), 'image/png')
  })
}

function allRules(): CSSRule[] {
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
}

/** As they were written: what a browser makes of them again leaves out shorthands that hold variables. */
async function styleRules(): Promise<string> {
  const texts = await Promise.all([...document.styleSheets].map(async ({ href, ownerNode }) => (href === null ? (ownerNode?.textContent ?? '') : (await fetch(href)).text())))
  return texts.join('\n').replaceAll(/@font-face\s*\{[^}]*\}/g, '')
}

/** Fonts within the picture, for Latin letters: a picture may not load anything. */
async function fontRules(): Promise<string> {
  const latin = allRules().filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule && /U\+0(000)?-0*FF\b/i.test(rule.style.getPropertyValue('unicode-range')))
  const rules = await Promise.all(latin.map(withFont))
  return rules.join('\n')
}

async function withFont(rule: CSSFontFaceRule): Promise<string> {
  const address = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1]
  if (address === undefined || address.startsWith('data:')) return rule.cssText
  const font = await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI))
  const bytes = new Uint8Array(await font.arrayBuffer())
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return rule.cssText.replace(/url\("?[^")]+"?\)/, `url("data:font/woff2;base64,${text}")`)
}
