import { describe, expect, test } from 'vitest'
import { WeappHost } from '../src/index.ts'
import { distOf } from './_build-taro-apps.ts'
import { launchTour, textAt } from './_launch.ts'

describe('any Taro build', () => {
  test('the hello world shows itself, without a warning and without an error', async () => {
    await using host = await WeappHost.launch({ dist: distOf('hello-taro') })
    await host.waitFor(() => host.text() === 'Hello, Taro')
    expect(host.templateWarnings).toEqual([])
    expect(host.errors).toEqual([])
  })

  test('a folder without a build is refused with a sentence', async () => {
    await expect(WeappHost.launch({ dist: import.meta.dirname })).rejects.toThrow('has no app.json: build')
  })

  test('two mini-programs side by side do not see each other', async () => {
    await using one = await launchTour()
    await using two = await launchTour()
    await one.tap('.more')
    await one.waitFor(() => textAt(one, '.count') === 'Tapped 1 times')
    expect(textAt(two, '.count')).toBe('Tapped 0 times')
  })
})

describe('a tap', () => {
  test('reaches the handler and its state reaches the page', async () => {
    await using host = await launchTour()
    await host.tap('.more')
    await host.tap('.home > button:not([disabled])')
    await host.waitFor(() => textAt(host, '.count') === 'Tapped 2 times')
    expect(textAt(host, '.wrapped')).toBe('wrapped 2')
    expect(host.errors).toEqual([])
  })

  test('on a disabled button does nothing', async () => {
    await using host = await launchTour()
    await host.tap('.never')
    await host.tap('.more')
    await host.waitFor(() => textAt(host, '.count') === 'Tapped 1 times')
  })

  test('bubbles to what is around, and stops where it is stopped', async () => {
    await using host = await launchTour()
    await host.tap('.stops')
    await host.tap('.inner')
    await host.waitFor(() => textAt(host, '.life')?.includes('outer'))
    expect(textAt(host, '.life')).toMatch(/inner outer$/)
    expect(textAt(host, '.life')?.match(/outer/g)).toHaveLength(1)
  })

  test('on a sheet does not close it, on its mask does', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    await host.tap('.sheet')
    expect(host.query('.sheet')).toBeDefined()
    await host.tap('.mask')
    await host.waitFor(() => !host.query('.sheet'))
  })

  test('on a node that has gone is an error of the test', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    const sheet = await host.waitFor(() => host.query('.sheet'))
    await host.tap('.mask')
    await host.waitFor(() => !host.query('.sheet'))
    await expect(host.tap(sheet)).rejects.toThrow('This view is no longer on a page')
  })

  test('on what never comes ends with the state of the page', async () => {
    await using host = await launchTour({}, { timeoutMs: 30 })
    await expect(host.tap('.missing')).rejects.toThrow(/Waited 30 ms in vain[\s\S]*Pages: pages\/home\/index/)
  })
})

describe('nodes', () => {
  test('a tree deeper than the templates is there to the bottom', async () => {
    await using host = await launchTour()
    expect(await host.waitFor(() => host.query('.home .bottom')?.text)).toBe('the bottom')
  })

  test('selectors know attributes, children, and the lack of something', async () => {
    await using host = await launchTour()
    await host.waitFor(() => host.query('.home'))
    expect(host.queryAll('.home > button').map(({ text }) => text)).toEqual(['More', 'Never'])
    expect(host.queryAll('button[disabled]').map(({ text }) => text)).toEqual(['Never'])
    expect(host.queryAll('.outer:has(.inner)')).toHaveLength(1)
    expect(host.query('image')?.attribute('src')).toBe('/picture.png')
    expect(host.query('.inner')?.parent?.classes).toEqual(['outer'])
  })

  test('parts of one text stand on one line', async () => {
    await using host = await launchTour()
    await host.waitFor(() => host.text().split('\n').includes('Tapped 0 times'))
  })
})

describe('forms', () => {
  test('an input, a picker and a submitted form carry their values', async () => {
    await using host = await launchTour({}, { url: 'pages/form/index?name=bob&from=test' })
    const input = await host.waitFor(() => host.query('input.nickname'))
    host.type(input, '爱丽丝')
    await host.waitFor(() => textAt(host, '.typed') === 'typed 爱丽丝')
    const picker = await host.waitFor(() => host.query('picker'))
    host.trigger(picker, 'change', { value: '1' })
    await host.waitFor(() => textAt(host, '.fruit') === 'tangerine')
    await host.tap('.send')
    await host.waitFor(() => textAt(host, '.sent') === '{"nickname":"爱丽丝"}')
    expect(host.errors).toEqual([])
  })
})

describe('open types', () => {
  test('the phone button brings what the user answers to the sheet', async () => {
    await using host = await launchTour({ answerPhoneSheet: () => ({ allowed: 'a phone code' }) })
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => textAt(host, '.phone') === 'a phone code')
    expect(host.query('.sheet'), 'the tap does not reach the mask').toBeDefined()
  })

  test.each([
    ['ios', 'getPhoneNumber:fail user deny'],
    ['android', 'getPhoneNumber:fail:user deny'],
  ] as const)('a refusal on %s has the words of %s', async (platform, words) => {
    await using host = await launchTour({ platform, answerPhoneSheet: () => 'refused' })
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => textAt(host, '.phone') === words)
  })

  test('consent that is missing is asked of the user first', async () => {
    await using host = await launchTour({
      needsConsent: true,
      answerPhoneSheet: () => ({ allowed: 'a phone code' }),
    })
    host.phone.privacy.answersOwnSheet = 'disagree'
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => textAt(host, '.phone')?.includes('privacy permission is not authorized'))
    host.phone.privacy.answersOwnSheet = 'agree'
    await host.tap('.phone-button')
    await host.waitFor(() => textAt(host, '.phone') === 'a phone code')
  })

  test('an open type that nobody answers says how to answer it', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    await expect(host.tap('.phone-button')).rejects.toThrow('openTypes: { getPhoneNumber')
  })
})

describe('pages', () => {
  test('a page is opened with its query and left again', async () => {
    await using host = await launchTour()
    await host.tap('.to-form')
    await host.waitFor(() => textAt(host, '.params') === 'alice from home')
    expect(host.pageStack.map(({ route }) => route)).toEqual(['pages/home/index', 'pages/form/index'])
    await host.tap('.back')
    await host.waitFor(() => host.pageStack.length === 1)
    await host.waitFor(() => textAt(host, '.life')?.endsWith('hide show'))
    expect(host.errors).toEqual([])
  })

  test("the phone's own back leaves a page too", async () => {
    await using host = await launchTour()
    await host.tap('.to-form')
    await host.waitFor(() => host.pageStack.length === 2)
    host.navigateBack()
    expect(host.pageStack).toHaveLength(1)
    expect(() => host.navigateBack()).toThrow('navigateBack:fail cannot navigate back at first page')
  })

  test('a page of a sub-package is loaded when it is opened', async () => {
    await using host = await launchTour()
    await host.tap('.to-album')
    await host.waitFor(() => host.text().includes('an album in a sub-package'))
  })

  test('a tab keeps its state', async () => {
    await using host = await launchTour()
    await host.tap('.more')
    await host.tap('.to-mine')
    await host.waitFor(() => host.text() === 'mine')
    await host.tap('.to-home')
    await host.waitFor(() => textAt(host, '.count') === 'Tapped 1 times')
    expect(host.pageStack).toHaveLength(1)
  })

  test("a page that is not there fails in WeChat's words", async () => {
    await using host = await launchTour()
    await host.tap('.to-nowhere')
    await host.waitFor(() =>
      textAt(host, '.life')?.includes('navigateTo:fail page "pages/nowhere" is not found'),
    )
  })

  test('the user pulls down, shares, leaves and comes back', async () => {
    await using host = await launchTour()
    await host.waitFor(() => textAt(host, '.life')?.includes('ready'))
    host.callPage('onPullDownRefresh')
    expect(host.callPage('onShareAppMessage', { from: 'menu' })).toMatchObject({ title: 'A tour' })
    host.background()
    host.foreground()
    await host.waitFor(() => textAt(host, '.life')?.endsWith('refresh hide show'))
  })
})
