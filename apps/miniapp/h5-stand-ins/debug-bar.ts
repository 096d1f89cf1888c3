import { readPeople, tapAs, whoTaps } from './current-person.ts'
import './stand-ins.css'

/** A strip over the app that says whose phone this is: plainly a tool, and no part of the product. */
export function showStrip(): void {
  const strip = document.createElement('div')
  strip.className = 'lw-strip'
  const label = document.createElement('label')
  label.textContent = '本地微信 local WeChat · '
  const choice = document.createElement('select')
  choice.setAttribute('aria-label', 'whose phone this is')
  choice.append(new Option(whoTaps()))
  label.append(choice)
  strip.append(label)
  document.body.prepend(strip)

  choice.addEventListener('change', () => {
    tapAs(choice.value)
    location.reload()
  })
  readPeople().then(
    (people) =>
      choice.replaceChildren(...people.map(({ name }) => new Option(name, name, false, name === whoTaps()))),
    () => label.append(' — 没有回音 does not answer'),
  )
}
