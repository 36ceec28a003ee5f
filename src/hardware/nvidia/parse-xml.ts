/** One element of an XML text: its own text, its attributes as written, its children in order. */
export interface XmlElement {
  name: string
  attributes: string
  text: string
  children: XmlElement[]
}

/** `nvidia-smi -q -x` of 16 cards with MIG has about 30,000 elements, 8 levels deep. */
const MAX_ELEMENTS = 400_000
const MAX_DEPTH = 64

/**
 * A tolerant reader for the XML that nvidia-smi prints: elements and text, no entities, no namespaces. Text before the
 * first element (warnings), unclosed elements (a truncated answer) and stray end tags are no errors.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: '', text: '', children: [] }
  const open = [root]
  const tags = /<(\/?)([A-Za-z_][\w.:-]{0,80})((?:\s[^<>]{0,500})?)>([^<]*)/g
  let count = 0
  for (let tag = tags.exec(text); tag !== null && count < MAX_ELEMENTS; tag = tags.exec(text)) {
    const [, slash, name = '', attributes = '', content = ''] = tag
    if (slash === '/') {
      close(open, name)
    } else if (open.length < MAX_DEPTH) {
      count++
      const element = { name, attributes: attributes.trim(), text: content.trim(), children: [] }
      open.at(-1)?.children.push(element)
      if (!attributes.endsWith('/')) open.push(element)
    }
  }
  return root
}

function close(open: XmlElement[], name: string): void {
  for (let depth = open.length - 1; depth > 0; depth--) {
    if (open[depth]?.name === name) {
      open.length = depth
      return
    }
  }
}

/** All elements of that name, at any depth, outermost first. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : findAll(child, name)))
}

/** Text of the element at a path of child names; `undefined` where there is none. */
export function textAt(element: XmlElement, ...path: string[]): string | undefined {
  let current: XmlElement | undefined = element
  for (const name of path) current = current?.children.find((child) => child.name === name)
  return current?.text
}
