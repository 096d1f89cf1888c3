import { setTimeout as delay } from 'node:timers/promises'
import type { WeappNode } from './weapp-node.ts'

/** What WeChat answers to a tap on `<button open-type="…">`: the `detail` of the event that follows. */
export type OpenTypeAnswer = (node: WeappNode) => object | Promise<object>

export interface TapTools {
  readonly trigger: (node: WeappNode, event: string, detail: object, options?: { bubbles: boolean }) => void
  /** By open type: `getPhoneNumber`, `chooseAvatar`. */
  readonly openTypes: Readonly<Record<string, OpenTypeAnswer>>
}

const frameMs = 16

/** No finger taps twice within a frame, so what a tap has set is drawn before the next. */
function nextFrame(): Promise<void> {
  return delay(frameMs)
}

/** The events that follow a tap; the others carry the open type in lower case: `bindgetphonenumber`. */
const silentOpenTypes = ['contact', 'share', 'feedback', 'launchApp', 'openSetting']

/**
 * What a finger does to a node: `touchstart`, `touchend`, `tap`, and what WeChat's button does then. A disabled button does
 * nothing. There is no layout, so a node that something covers is tapped all the same.
 */
export async function tapNode(node: WeappNode, { trigger, openTypes }: TapTools): Promise<void> {
  const button = closest(node, 'button')
  if (button && isOn(button.attribute('disabled'))) return
  const bubbles = { bubbles: true }
  const detail = { x: 0, y: 0 }
  trigger(node, 'touchstart', {}, bubbles)
  trigger(node, 'touchend', {}, bubbles)
  trigger(node, 'tap', detail, bubbles)
  await nextFrame()
  if (!button) return

  const formType = button.attribute('form-type')
  const form = closest(button, 'form')
  if (form && formType === 'submit') trigger(form, 'submit', { value: valuesOf(form) })
  if (form && formType === 'reset') trigger(form, 'reset', {})

  // `getPhoneNumber|agreePrivacyAuthorization`: the consent comes first.
  const openType = button.attribute('open-type')
  const wanted = typeof openType === 'string' ? openType.split('|') : []
  for (const type of wanted.sort((a) => (a === 'agreePrivacyAuthorization' ? -1 : 1))) {
    const answer = openTypes[type]
    if (!answer) {
      if (silentOpenTypes.includes(type)) continue
      throw new Error(`Say what WeChat answers: WeappHost.launch({ openTypes: { ${type}: () => detail } })`)
    }
    trigger(button, type.toLowerCase(), await answer(button))
  }
}

function closest(node: WeappNode, tag: string): WeappNode | undefined {
  for (let at: WeappNode | undefined = node; at; at = at.parent) if (at.tag === tag) return at
  return undefined
}

function isOn(attribute: unknown): boolean {
  return attribute !== undefined && attribute !== false && attribute !== null
}

/** The values of a form's fields, by their names. */
function valuesOf(form: WeappNode): Record<string, unknown> {
  const below = (node: WeappNode): WeappNode[] => node.children.flatMap((child) => [child, ...below(child)])
  return Object.fromEntries(
    below(form)
      .filter((node) => node.attribute('name'))
      .map((node) => [String(node.attribute('name')), node.attribute('value') ?? node.attribute('checked')]),
  )
}
