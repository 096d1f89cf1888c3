/** A person of the local WeChat. */
export interface Person {
  readonly name: string
  /** The numbers that are bound to their WeChat, the usual one first. */
  readonly phones: readonly { readonly purePhoneNumber: string }[]
}

const key = 'local-wechat.person'
const first = 'alice'

/** Whose phone this browser is. */
export function whoTaps(): string {
  return localStorage.getItem(key) ?? first
}

export function tapAs(name: string): void {
  localStorage.setItem(key, name)
}

export async function readPeople(): Promise<readonly Person[]> {
  const { people } = await ask<{ people: readonly Person[] }>('GET', '/_sandbox/people')
  return people
}

/** Binds these numbers to a person's WeChat. */
export async function bindPhones(name: string, phones: readonly string[]): Promise<void> {
  await ask('PATCH', `/_sandbox/people/${encodeURIComponent(name)}`, { phones })
}

/** What `wx.login` gives this person. */
export function takeLoginCode(name: string): Promise<{ code: string; errMsg: string }> {
  return ask('POST', `/_sandbox/people/${encodeURIComponent(name)}/login-code`, {})
}

/** What the phone button gives after "allow". */
export function takePhoneCode(name: string, phone: string): Promise<{ code: string; errMsg: string }> {
  return ask('POST', `/_sandbox/people/${encodeURIComponent(name)}/phone-code`, { phone })
}

async function ask<Answer>(method: 'GET' | 'POST' | 'PATCH', path: string, input?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method,
    ...(input !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
  })
  if (!response.ok) throw new Error(`The local WeChat answered ${response.status} to ${method} ${path}.`)
  return response.json()
}
