/** The page's script: a button with data-post calls the control plane; the page is read again every two seconds. */
export const PAGE_SCRIPT = `'use strict'
const main = () => document.querySelector('main')

async function refresh() {
  const answer = await fetch('/_sandbox/page').catch(() => undefined)
  document.body.classList.toggle('is-away', !answer)
  if (!answer) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
  const isSelecting = !getSelection().isCollapsed
  if (fresh && !isSelecting && fresh.innerHTML !== main().innerHTML) {
    const focused = document.activeElement?.dataset?.key
    main().replaceChildren(...fresh.childNodes)
    if (focused) document.querySelector('[data-key="' + CSS.escape(focused) + '"]')?.focus()
  }
}

async function press({ post, body, method }) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(post, { method: method ?? 'POST', headers, body: body ?? '{}' })
  const { error, errMsg, code } = await answer.json()
  const isCopied = code && (await copy(code))
  say(error?.message ?? (errMsg ?? 'done') + (isCopied ? ', copied' : ''))
  await refresh()
}

async function copy(text) {
  return navigator.clipboard?.writeText(text).then(() => true, () => false)
}

function say(text) {
  const line = document.querySelector('#said')
  line.textContent = text
  line.classList.add('is-fresh')
  setTimeout(() => line.classList.remove('is-fresh'), 1500)
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-post], [data-copy]')
  if (!button) return
  if (button.dataset.post) return void press(button.dataset).catch((error) => say(error.message))
  void copy(button.dataset.copy).then((isCopied) => say(isCopied ? 'copied' : 'the browser does not let this page copy'))
})

setInterval(() => document.hidden || refresh(), 2000)
`
