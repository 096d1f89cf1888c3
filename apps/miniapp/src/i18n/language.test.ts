import { expect, test } from 'vitest'
import { createPersistentMap } from '../lib/persistent-map.ts'
import { createLanguageChoice } from './language.ts'

function emptyKeep() {
  return createPersistentMap({ read: () => '', write: () => {}, remove: () => {} })
}

test.each([
  ['zh_CN', 'zh'],
  ['zh-TW', 'zh'],
  ['', 'zh'],
  ['en', 'en'],
  ['fr-FR', 'en'],
])('a phone that speaks "%s" is answered in %s', (system, language) => {
  expect(createLanguageChoice(emptyKeep(), system).get()).toBe(language)
})

test('the choice of the person outlives the app', () => {
  const keep = emptyKeep()
  createLanguageChoice(keep, 'zh_CN').choose('en')
  expect(createLanguageChoice(keep, 'zh_CN').get()).toBe('en')
})
