import { setTimeout as delay } from 'node:timers/promises'
import type { WeappNode } from './weapp-node.ts'

/** Returns the `detail` of the event that WeChat triggers after a tap on `<button open-type="…">`. */
export type OpenTypeHandler = (node: WeappNode) => object | Promise<object>

export interface TapDeps {
  readonly trigger: (node: WeappNode, event: string, detail: object, options?: { bubbles: boolean }) => void
  /** By open type: `getPhoneNumber`, `chooseAvatar`. */
  readonly openTypes: Readonly<Record<string, OpenTypeHandler>>
}

const FRAME_MS = 16

/** Open types that need no handler; any other triggers an event of its own name in lower case: `bindgetphonenumber`. */
const OPTIONAL_OPEN_TYPES = ['contact', 'share', 'feedback', 'launchApp', 'openSetting']

/**
 * Triggers `touchstart`, `touchend` and `tap` on a node, then the form and open-type events of its button.
 *
 * A disabled button triggers nothing. There is no layout, so a covered node can be tapped.
 */
export async function tapNode(node: WeappNode, { trigger, openTypes }: TapDeps): Promise<void> {
  const button = closest(node, 'button')
  if (button && isSet(button.attribute('disabled'))) return
  const bubbles = { bubbles: true }
  const detail = { x: 0, y: 0 }
  trigger(node, 'touchstart', {}, bubbles)
  trigger(node, 'touchend', {}, bubbles)
  trigger(node, 'tap', detail, bubbles)
  // A person cannot tap twice within a frame, so the page is updated before the next tap.
  await delay(FRAME_MS)
  if (!button) return

  const formType = button.attribute('form-type')
  const form = closest(button, 'form')
  if (form && formType === 'submit') trigger(form, 'submit', { value: readFormValues(form) })
  if (form && formType === 'reset') trigger(form, 'reset', {})

  // `getPhoneNumber|agreePrivacyAuthorization`: WeChat handles the consent first.
  const openType = button.attribute('open-type')
  const types = typeof openType === 'string' ? openType.split('|') : []
  for (const type of types.sort((a) => (a === 'agreePrivacyAuthorization' ? -1 : 1))) {
    const handler = openTypes[type]
    if (!handler) {
      if (OPTIONAL_OPEN_TYPES.includes(type)) continue
      throw new Error(
        `No handler for open-type ${type}: pass WeappHost.launch({ openTypes: { ${type}: () => detail } })`,
      )
    }
    trigger(button, type.toLowerCase(), await handler(button))
  }
}

function closest(node: WeappNode, tag: string): WeappNode | undefined {
  for (let at: WeappNode | undefined = node; at; at = at.parent) if (at.tag === tag) return at
  return undefined
}

function isSet(attribute: unknown): boolean {
  return attribute !== undefined && attribute !== false && attribute !== null
}

/** Returns the values of a form's fields by name. */
function readFormValues(form: WeappNode): Record<string, unknown> {
  const getDescendants = (node: WeappNode): WeappNode[] =>
    node.children.flatMap((child) => [child, ...getDescendants(child)])
  return Object.fromEntries(
    getDescendants(form)
      .filter((node) => node.attribute('name'))
      .map((node) => [String(node.attribute('name')), node.attribute('value') ?? node.attribute('checked')]),
  )
}
