import { paper } from './bottom-sheet.ts'
import { bindPhones, readPeople, takePhoneCode, whoTaps } from './current-person.ts'

/** `e.detail` of WeChat's phone button. */
export interface PhoneDetail {
  readonly errMsg: string
  readonly code?: string
}

const refused: PhoneDetail = { errMsg: 'getPhoneNumber:fail user deny' }

/** WeChat's sheet for a phone number: choose one, allow or refuse. */
export async function askPhone(): Promise<PhoneDetail> {
  const name = whoTaps()
  const person = (await readPeople()).find((one) => one.name === name)
  if (person === undefined || person.phones.length === 0) {
    return { errMsg: 'getPhoneNumber:fail 用户未绑定手机' }
  }
  const phones = person.phones.map(({ purePhoneNumber }) => purePhoneNumber)
  const phone = await choosePhone(phones)
  if (phone === undefined) return refused
  if (!phones.includes(phone)) await bindPhones(name, [...phones, phone])
  return takePhoneCode(name, phone)
}

function choosePhone(phones: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { sheet, close } = paper({
      name: '获取并验证你的手机号',
      html: sheetOf(phones),
      onDismiss: () => resolve(undefined),
    })
    const form = find(sheet, 'form', HTMLFormElement)
    const other = find(sheet, '.lw-other', HTMLButtonElement)
    const list = find(sheet, '.lw-phones', HTMLElement)

    function finish(phone: string | undefined) {
      close()
      resolve(phone)
    }
    other.addEventListener('click', () => {
      other.hidden = true
      form.hidden = false
      find(form, 'input', HTMLInputElement).focus()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      list.insertAdjacentHTML(
        'beforeend',
        phoneRow(find(form, 'input', HTMLInputElement).value, phones.length),
      )
      for (const radio of list.querySelectorAll('input')) radio.checked = true
      form.hidden = true
    })
    find(sheet, '.lw-refuse', HTMLElement).addEventListener('click', () => finish(undefined))
    find(sheet, '.lw-allow', HTMLElement).addEventListener('click', () =>
      finish(list.querySelector<HTMLInputElement>('input:checked')?.value),
    )
  })
}

function sheetOf(phones: readonly string[]): string {
  return `
    <div class="lw-app"><span class="lw-logo"></span>家属通 <span class="lw-soft">申请</span></div>
    <h2>获取并验证你的手机号</h2>
    <p class="lw-soft">用于确认是你本人，并登录家属通</p>
    <div class="lw-phones" role="radiogroup" aria-label="手机号">${phones.map(phoneRow).join('')}</div>
    <button class="lw-other" type="button">使用其他号码</button>
    <form class="lw-form" hidden>
      <input class="lw-field" name="phone" type="tel" inputmode="numeric" pattern="1[0-9]{10}" maxlength="11" required
        placeholder="请输入手机号" aria-label="其他手机号" autocomplete="off">
      <button class="lw-add" type="submit">添加</button>
    </form>
    <div class="lw-deeds">
      <button class="lw-refuse" type="button">不允许</button>
      <button class="lw-allow" type="button">允许</button>
    </div>`
}

function phoneRow(phone: string, index: number): string {
  const shown = phone.replace(/^(\d{3})\d{4}(\d{4})$/, '$1****$2')
  return `
    <label class="lw-phone">
      <span><b>${shown}</b><small>${index === 0 ? '微信绑定号码' : '其他号码'}</small></span>
      <input class="lw-radio" type="radio" name="lw-phone" value="${phone}" ${index === 0 ? 'checked' : ''}>
    </label>`
}

function find<Found extends Element>(root: ParentNode, selector: string, kind: new () => Found): Found {
  const found = root.querySelector(selector)
  if (found instanceof kind) return found
  throw new Error(`The sheet has no ${selector}.`)
}
