import { expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'

test('a browser starts here, draws WebGL and shows Chinese text as characters, not as boxes', async () => {
  const browser = await launchChromium()
  const page = await browser.newPage()
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')!
    const picture = (text: string) => {
      pen.clearRect(0, 0, 80, 80)
      pen.font = '60px sans-serif'
      pen.fillText(text, 5, 60)
      return pen.getImageData(0, 0, 80, 80).data.join()
    }
    return {
      different: picture('暖') !== picture('声'),
      webgl: document.createElement('canvas').getContext('webgl') !== null,
    }
  })
  await browser.close()
  expect(drawn).toEqual({ different: true, webgl: true })
})
