import { describe, expect, test } from 'vitest'
import { WeappHost } from '../src/index.ts'
import { getDistPath } from './_build-taro-apps.ts'
import { getText, launchTour } from './_launch.ts'

describe('launch of a Taro build', () => {
  test('a minimal Taro app renders without warnings and errors', async () => {
    await using host = await WeappHost.launch({ dist: getDistPath('hello-taro') })
    await host.waitFor(() => host.text() === 'Hello, Taro')
    expect(host.templateWarnings).toEqual([])
    expect(host.errors).toEqual([])
  })

  test('launch rejects if the folder has no app.json', async () => {
    await expect(WeappHost.launch({ dist: import.meta.dirname })).rejects.toThrow('has no app.json: build')
  })

  test('two mini-programs in one process are isolated', async () => {
    await using one = await launchTour()
    await using two = await launchTour()
    await one.tap('.more')
    await one.waitFor(() => getText(one, '.count') === 'Tapped 1 times')
    expect(getText(two, '.count')).toBe('Tapped 0 times')
  })
})

describe('taps', () => {
  test('a tap calls the handler, and the new state is rendered', async () => {
    await using host = await launchTour()
    await host.tap('.more')
    await host.tap('.home > button:not([disabled])')
    await host.waitFor(() => getText(host, '.count') === 'Tapped 2 times')
    expect(getText(host, '.wrapped')).toBe('wrapped 2')
    expect(host.errors).toEqual([])
  })

  test('a tap on a disabled button does nothing', async () => {
    await using host = await launchTour()
    await host.tap('.never')
    await host.tap('.more')
    await host.waitFor(() => getText(host, '.count') === 'Tapped 1 times')
  })

  test('a tap bubbles to the parent until stopPropagation', async () => {
    await using host = await launchTour()
    await host.tap('.stops')
    await host.tap('.inner')
    await host.waitFor(() => getText(host, '.events')?.includes('outer'))
    expect(getText(host, '.events')).toMatch(/inner outer$/)
    expect(getText(host, '.events')?.match(/outer/g)).toHaveLength(1)
  })

  test('a tap on the mask closes a sheet, a tap on the sheet does not', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    await host.tap('.sheet')
    expect(host.query('.sheet')).toBeDefined()
    await host.tap('.mask')
    await host.waitFor(() => !host.query('.sheet'))
  })

  test('a tap on a removed node throws', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    const sheet = await host.waitFor(() => host.query('.sheet'))
    await host.tap('.mask')
    await host.waitFor(() => !host.query('.sheet'))
    await expect(host.tap(sheet)).rejects.toThrow('This view is no longer on a page')
  })

  test('a tap on a missing selector times out with a description of the page', async () => {
    await using host = await launchTour({}, { timeoutMs: 30 })
    await expect(host.tap('.missing')).rejects.toThrow(
      /Condition not met within 30 ms[\s\S]*Pages: pages\/home\/index/,
    )
  })
})

describe('nodes', () => {
  test('a tree deeper than the templates of Taro is complete', async () => {
    await using host = await launchTour()
    expect(await host.waitFor(() => host.query('.home .bottom')?.text)).toBe('the bottom')
  })

  test('selectors support attributes, children, :has and :not', async () => {
    await using host = await launchTour()
    await host.waitFor(() => host.query('.home'))
    expect(host.queryAll('.home > button').map(({ text }) => text)).toEqual(['More', 'Never'])
    expect(host.queryAll('button[disabled]').map(({ text }) => text)).toEqual(['Never'])
    expect(host.queryAll('.outer:has(.inner)')).toHaveLength(1)
    expect(host.query('image')?.attribute('src')).toBe('/picture.png')
    expect(host.query('.inner')?.parent?.classes).toEqual(['outer'])
  })

  test('the parts of one text element form one line', async () => {
    await using host = await launchTour()
    await host.waitFor(() => host.text().split('\n').includes('Tapped 0 times'))
  })
})

describe('forms', () => {
  test('an input, a picker and a submitted form report their values', async () => {
    await using host = await launchTour({}, { url: 'pages/form/index?name=bob&from=test' })
    const input = await host.waitFor(() => host.query('input.nickname'))
    host.type(input, '爱丽丝')
    await host.waitFor(() => getText(host, '.typed') === 'typed 爱丽丝')
    const picker = await host.waitFor(() => host.query('picker'))
    host.trigger(picker, 'change', { value: '1' })
    await host.waitFor(() => getText(host, '.fruit') === 'tangerine')
    await host.tap('.send')
    await host.waitFor(() => getText(host, '.sent') === '{"nickname":"爱丽丝"}')
    expect(host.errors).toEqual([])
  })
})

describe('open types', () => {
  test("a tap on the phone button returns the user's choice on the phone sheet", async () => {
    await using host = await launchTour({ onPhoneSheet: () => ({ allowed: 'a phone code' }) })
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => getText(host, '.phone') === 'a phone code')
    expect(host.query('.sheet'), 'a tap on the phone button does not bubble to the mask').toBeDefined()
  })

  test.each([
    ['ios', 'getPhoneNumber:fail user deny'],
    ['android', 'getPhoneNumber:fail:user deny'],
  ] as const)('a refused phone sheet on %s fails with %s', async (platform, errMsg) => {
    await using host = await launchTour({ platform, onPhoneSheet: () => 'refused' })
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => getText(host, '.phone') === errMsg)
  })

  test('the phone button requires privacy consent first', async () => {
    await using host = await launchTour({
      needsConsent: true,
      onPhoneSheet: () => ({ allowed: 'a phone code' }),
    })
    host.phone.privacy.wechatSheetChoice = 'disagree'
    await host.tap('.open')
    await host.tap('.phone-button')
    await host.waitFor(() => getText(host, '.phone')?.includes('privacy permission is not authorized'))
    host.phone.privacy.wechatSheetChoice = 'agree'
    await host.tap('.phone-button')
    await host.waitFor(() => getText(host, '.phone') === 'a phone code')
  })

  test('a tap on an open type without a handler throws an error with the fix', async () => {
    await using host = await launchTour()
    await host.tap('.open')
    await expect(host.tap('.phone-button')).rejects.toThrow('openTypes: { getPhoneNumber')
  })
})

describe('page stack', () => {
  test('a page opens with its query and closes again', async () => {
    await using host = await launchTour()
    await host.tap('.to-form')
    await host.waitFor(() => getText(host, '.params') === 'alice from home')
    expect(host.pageStack.map(({ route }) => route)).toEqual(['pages/home/index', 'pages/form/index'])
    await host.tap('.back')
    await host.waitFor(() => host.pageStack.length === 1)
    await host.waitFor(() => getText(host, '.events')?.endsWith('hide show'))
    expect(host.errors).toEqual([])
  })

  test("the phone's back gesture closes a page", async () => {
    await using host = await launchTour()
    await host.tap('.to-form')
    await host.waitFor(() => host.pageStack.length === 2)
    host.navigateBack()
    expect(host.pageStack).toHaveLength(1)
    expect(() => host.navigateBack()).toThrow('navigateBack:fail cannot navigate back at first page')
  })

  test('a page of a sub-package loads when it is opened', async () => {
    await using host = await launchTour()
    await host.tap('.to-album')
    await host.waitFor(() => host.text().includes('an album in a sub-package'))
  })

  test('a tab page keeps its state while another tab is open', async () => {
    await using host = await launchTour()
    await host.tap('.more')
    await host.tap('.to-mine')
    await host.waitFor(() => host.text() === 'mine')
    await host.tap('.to-home')
    await host.waitFor(() => getText(host, '.count') === 'Tapped 1 times')
    expect(host.pageStack).toHaveLength(1)
  })

  test("navigation to a missing page fails with WeChat's message", async () => {
    await using host = await launchTour()
    await host.tap('.to-nowhere')
    await host.waitFor(() =>
      getText(host, '.events')?.includes('navigateTo:fail page "pages/nowhere" is not found'),
    )
  })

  test('a page receives pull-down, share, hide and show', async () => {
    await using host = await launchTour()
    await host.waitFor(() => getText(host, '.events')?.includes('ready'))
    host.callPage('onPullDownRefresh')
    expect(host.callPage('onShareAppMessage', { from: 'menu' })).toMatchObject({ title: 'A tour' })
    host.background()
    host.foreground()
    await host.waitFor(() => getText(host, '.events')?.endsWith('refresh hide show'))
  })
})
