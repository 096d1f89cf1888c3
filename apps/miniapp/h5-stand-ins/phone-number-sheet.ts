import { openBottomSheet } from './bottom-sheet.ts'
import { issuePhoneCode, listPeople, setPhones } from './control-plane.ts'
import { currentPerson } from './current-person.ts'

/** `e.detail` of WeChat's phone button. */
export interface PhoneNumberDetail {
  readonly errMsg: string
  readonly code?: string
}

/** Shows WeChat's phone number sheet and returns its outcome: a phone code, or an `errMsg` without a code. */
export async function requestPhoneNumber(): Promise<PhoneNumberDetail> {
  const name = currentPerson()
  const person = (await listPeople()).find((candidate) => candidate.name === name)
  if (person === undefined || person.phones.length === 0) {
    return { errMsg: 'getPhoneNumber:fail 用户未绑定手机' }
  }
  const phones = person.phones.map(({ purePhoneNumber }) => purePhoneNumber)
  const phone = await choosePhone(phones)
  if (phone === undefined) return { errMsg: 'getPhoneNumber:fail user deny' }
  if (!phones.includes(phone)) await setPhones(name, [...phones, phone])
  return issuePhoneCode(name, phone)
}

/** Resolves with the allowed phone number, or with undefined when the person refuses. */
function choosePhone(phones: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { sheet, close } = openBottomSheet({
      label: '获取并验证你的手机号',
      html: sheetHtml(phones),
      onDismiss: () => resolve(undefined),
    })
    const form = getElement(sheet, 'form', HTMLFormElement)
    const input = getElement(form, 'input', HTMLInputElement)
    const otherNumber = getElement(sheet, '.lw-other-number', HTMLButtonElement)
    const list = getElement(sheet, '.lw-phones', HTMLElement)

    function finish(phone: string | undefined) {
      close()
      resolve(phone)
    }
    otherNumber.addEventListener('click', () => {
      otherNumber.hidden = true
      form.hidden = false
      input.focus()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      list.insertAdjacentHTML('beforeend', phoneRowHtml(input.value, phones.length))
      // Radio buttons of one name: the last one that is set stays checked.
      for (const radio of list.querySelectorAll('input')) radio.checked = true
      form.hidden = true
    })
    getElement(sheet, '.lw-refuse', HTMLElement).addEventListener('click', () => finish(undefined))
    getElement(sheet, '.lw-allow', HTMLElement).addEventListener('click', () =>
      finish(list.querySelector<HTMLInputElement>('input:checked')?.value),
    )
  })
}

function sheetHtml(phones: readonly string[]): string {
  return `
    <div class="lw-app"><span class="lw-logo"></span>家属通 <span class="lw-muted">申请</span></div>
    <h2>获取并验证你的手机号</h2>
    <p class="lw-muted">用于确认是你本人，并登录家属通</p>
    <div class="lw-phones" role="radiogroup" aria-label="手机号">${phones.map(phoneRowHtml).join('')}</div>
    <button class="lw-other-number" type="button">使用其他号码</button>
    <form class="lw-form" hidden>
      <input class="lw-field" name="phone" type="tel" inputmode="numeric" pattern="1[0-9]{10}" maxlength="11" required
        placeholder="请输入手机号" aria-label="其他手机号" autocomplete="off">
      <button class="lw-add" type="submit">添加</button>
    </form>
    <div class="lw-actions">
      <button class="lw-refuse" type="button">不允许</button>
      <button class="lw-allow" type="button">允许</button>
    </div>`
}

function phoneRowHtml(phone: string, index: number): string {
  const masked = phone.replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2')
  return `
    <label class="lw-phone">
      <span><b>${masked}</b><small>${index === 0 ? '微信绑定号码' : '其他号码'}</small></span>
      <input class="lw-radio" type="radio" name="lw-phone" value="${phone}" ${index === 0 ? 'checked' : ''}>
    </label>`
}

function getElement<Type extends Element>(root: ParentNode, selector: string, type: new () => Type): Type {
  const element = root.querySelector(selector)
  if (element instanceof type) return element
  throw new Error(`The phone number sheet has no ${selector}: add it to sheetHtml.`)
}
