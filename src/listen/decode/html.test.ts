import { expect, test } from 'vitest'
import { textOfHtml } from './html.ts'

test.each([
  ['plain 5 > 3 text', 'plain 5 > 3 text'],
  ['<p>Hello&nbsp;<b>there</b></p><p>second</p>', 'Hello there\nsecond'],
  ['one<br />two&#34;three&amp;', 'one\ntwo"three&'],
  ['<style>p{}</style><script>alert(1)</script>words', 'words'],
  ['a < b and b > a', 'a < b and b > a'],
])('%s is read as text', (html, text) => {
  expect(textOfHtml(html)).toBe(text)
})
