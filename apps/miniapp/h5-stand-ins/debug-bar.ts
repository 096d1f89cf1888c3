import { listPeople } from './control-plane.ts'
import { currentPerson, switchPerson } from './current-person.ts'
import './stand-ins.css'

/** Shows a bar above the app that selects the sandbox person. It is not part of the product. */
export function showDebugBar(): void {
  const bar = document.createElement('div')
  bar.className = 'lw-debug-bar'
  const label = document.createElement('label')
  label.textContent = '本地微信 local WeChat · '
  const select = document.createElement('select')
  select.setAttribute('aria-label', 'whose phone this is')
  select.append(new Option(currentPerson()))
  label.append(select)
  bar.append(label)
  document.body.prepend(bar)

  select.addEventListener('change', () => {
    switchPerson(select.value)
    location.reload()
  })
  listPeople().then(
    (people) =>
      select.replaceChildren(
        ...people.map(({ name }) => new Option(name, name, false, name === currentPerson())),
      ),
    () => label.append(' — 没有回音 does not respond'),
  )
}
