const STORAGE_KEY = 'local-wechat.person'
const DEFAULT_PERSON = 'alice'

/** Returns the name of the sandbox person who owns this browser's WeChat account. */
export function currentPerson(): string {
  return localStorage.getItem(STORAGE_KEY) ?? DEFAULT_PERSON
}

export function switchPerson(name: string): void {
  localStorage.setItem(STORAGE_KEY, name)
}
