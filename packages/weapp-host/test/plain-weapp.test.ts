import { expect, test } from 'vitest'
import { WeappHost } from '../src/index.ts'
import { getText } from './_launch.ts'
import { onePage, writeDist } from './_write-dist.ts'

/** Starts a mini-program written without Taro: one page of these two files, and a component. */
async function launchPage(script: string, template: string) {
  await using dist = await writeDist({
    ...onePage,
    'pages/home/index.json': { usingComponents: { card: '/card/index' } },
    'pages/home/index.js': script,
    'pages/home/index.wxml': template,
    'card/index.json': { component: true },
    'card/index.wxml': '<text class="title">{{title}}</text><view class="press" bindtap="press" /><slot />',
    'card/index.js': `Component({
      properties: { title: String },
      methods: { press() { this.triggerEvent('pressed', { title: this.data.title }) } },
    })`,
  })
  // `await` is needed: the folder is deleted when this function ends.
  return await WeappHost.launch({ dist: dist.folder })
}

test('an event handler receives a plain object with the fields of WeChat', async () => {
  await using host = await launchPage(
    `Page({
      data: { result: '' },
      tapped(event) {
        const isPlain = Object.getPrototypeOf(event) === Object.prototype
        const copy = JSON.parse(JSON.stringify(event))
        this.setData({ result: [isPlain, copy.type, copy.target.dataset.fruit, copy.currentTarget.id, copy.mark.kind, copy.mut].join(' ') })
      },
    })`,
    '<view id="outer" bindtap="tapped"><view class="inner" data-fruit="coconut" mark:kind="sweet" /></view><text class="result">{{result}}</text>',
  )
  await host.tap('.inner')
  expect(getText(host, '.result')).toBe('true tap coconut outer sweet false')
})

test('setData copies its argument through JSON', async () => {
  await using host = await launchPage(
    `Page({
      data: { result: '' },
      save() {
        const list = [1]
        this.setData({ list, lost: undefined, day: new Date(0) })
        list.push(2)
        this.setData({ result: [this.data.list.length, 'lost' in this.data, typeof this.data.day].join(' ') })
      },
    })`,
    '<view class="save" bindtap="save" /><text class="result">{{result}}</text>',
  )
  await host.tap('.save')
  expect(getText(host, '.result')).toBe('1 false string')
})

test('a component receives properties and children, and triggers events', async () => {
  await using host = await launchPage(
    `Page({ data: { received: '' }, pressed({ detail }) { this.setData({ received: detail.title }) } })`,
    '<card title="persimmon" bind:pressed="pressed"><text class="inside">a child</text></card><text class="received">{{received}}</text>',
  )
  expect(getText(host, 'card .title')).toBe('persimmon')
  expect(getText(host, 'card .inside')).toBe('a child')
  await host.tap('card .press')
  expect(getText(host, '.received')).toBe('persimmon')
  expect(host.errors).toEqual([])
})

test('block elements of a template are not in the tree', async () => {
  await using host = await launchPage(
    'Page({ data: { fruits: ["persimmon", "coconut"] } })',
    '<view class="list"><block wx:if="{{fruits}}"><text wx:for="{{fruits}}" wx:key="*this">{{item}}</text></block></view>',
  )
  expect(host.queryAll('.list > text').map(({ text }) => text)).toEqual(['persimmon', 'coconut'])
  expect(host.query('text')?.parent?.classes).toEqual(['list'])
})

test('launch rejects if a page registers nothing', async () => {
  await expect(launchPage('const nothing = 1', '<view />')).rejects.toThrow(
    'calls neither Page nor Component',
  )
})

test('launch rejects with the error that a script throws', async () => {
  await expect(launchPage('throw new Error("a broken page")', '<view />')).rejects.toThrow('a broken page')
})

test('setData of an unloaded page does nothing and is no error', async () => {
  await using dist = await writeDist({
    ...onePage,
    'app.json': { ...onePage['app.json'], pages: ['pages/home/index', 'pages/list/index'] },
    'pages/home/index.js': `Page({ go() { wx.navigateTo({ url: '/pages/list/index' }) } })`,
    'pages/home/index.wxml': '<view class="go" bindtap="go">home</view>',
    'pages/list/index.json': {},
    'pages/list/index.js': `Page({
      data: { fruits: ['persimmon'] },
      leave() {
        wx.navigateBack({ success: () => this.setData({ fruits: ['coconut', 'lychee'] }) })
      },
    })`,
    'pages/list/index.wxml':
      '<view class="leave" bindtap="leave" /><view wx:for="{{fruits}}" wx:key="*this" data-fruit="{{item}}">{{item}}</view>',
  })
  await using host = await WeappHost.launch({ dist: dist.folder })
  await host.tap('.go')
  await host.tap(await host.waitFor(() => host.query('.leave')))
  await host.waitFor(() => host.query('.go'))
  expect(host.errors).toEqual([])
})
