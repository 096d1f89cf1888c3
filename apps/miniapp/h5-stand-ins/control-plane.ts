/** A person of the WeChat sandbox, as its control plane returns them. */
export interface SandboxPerson {
  readonly name: string
  /** The phone numbers of their WeChat account, the default first. */
  readonly phones: readonly { readonly purePhoneNumber: string }[]
}

export interface SandboxCode {
  readonly code: string
  readonly errMsg: string
}

export async function listPeople(): Promise<readonly SandboxPerson[]> {
  const { people } = await request<{ people: readonly SandboxPerson[] }>('GET', '/_sandbox/people')
  return people
}

/** Replaces the phone numbers of a person's WeChat account. */
export async function setPhones(name: string, phones: readonly string[]): Promise<void> {
  await request('PATCH', personPath(name), { phones })
}

/** Issues the result of `wx.login` for a person. */
export function issueLoginCode(name: string): Promise<SandboxCode> {
  return request('POST', `${personPath(name)}/login-code`, {})
}

/** Issues the event detail of the phone button after "allow". */
export function issuePhoneCode(name: string, phone: string): Promise<SandboxCode> {
  return request('POST', `${personPath(name)}/phone-code`, { phone })
}

function personPath(name: string): string {
  return `/_sandbox/people/${encodeURIComponent(name)}`
}

async function request<Output>(
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Output> {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  if (!response.ok) throw new Error(`WeChat sandbox: ${method} ${path} returned ${response.status}.`)
  return response.json()
}
