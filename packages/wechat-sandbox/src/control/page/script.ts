/**
 * The page's script. A button with `data-post` calls the control plane, one with `data-copy` copies a value. The page
 * refreshes every two seconds, but not while text is selected.
 */
export const PAGE_SCRIPT = `'use strict'
const main = () => document.querySelector('main')

async function refresh() {
  const response = await fetch('/_sandbox/page').catch(() => undefined)
  document.body.classList.toggle('is-offline', !response)
  if (!response) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main')
  const isSelecting = !getSelection().isCollapsed
  if (fresh && !isSelecting && fresh.innerHTML !== main().innerHTML) {
    const focused = document.activeElement?.dataset?.key
    main().replaceChildren(...fresh.childNodes)
    if (focused) document.querySelector('[data-key="' + CSS.escape(focused) + '"]')?.focus()
  }
}

async function callControl({ post, body, method }) {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(post, { method: method ?? 'POST', headers, body: body ?? '{}' })
  const { error, errMsg, code } = await response.json()
  const isCopied = code && (await copy(code))
  showStatus(error?.message ?? (errMsg ?? 'done') + (isCopied ? ', copied' : ''))
  await refresh()
}

async function copy(text) {
  return navigator.clipboard?.writeText(text).then(() => true, () => false)
}

function showStatus(text) {
  const status = document.querySelector('#status')
  status.textContent = text
  status.classList.add('is-fresh')
  setTimeout(() => status.classList.remove('is-fresh'), 1500)
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-post], [data-copy]')
  if (!button) return
  if (button.dataset.post) return void callControl(button.dataset).catch((error) => showStatus(error.message))
  void copy(button.dataset.copy).then((isCopied) => showStatus(isCopied ? 'copied' : 'the browser blocked copying'))
})

setInterval(() => document.hidden || refresh(), 2000)
`
