import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A web shop on an origin of its own, with the SDK in its pages. */
export interface ShopSite {
  origin: string
  /** The script tag that its pages hold, once there is a key. */
  tag: string
  /** Under a strict policy: scripts and requests to Daystar alone, nothing inline. */
  policy: string
  stop(): Promise<void>
}

export async function startShop(): Promise<ShopSite> {
  const site: ShopSite = { origin: '', tag: '', policy: '', stop: async () => {} }
  const server = createServer((request, response) => answer(site, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  site.origin = `http://127.0.0.1:${port}`
  site.stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return site
}

function answer(site: ShopSite, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url!, site.origin)
  if (pathname.endsWith('.js')) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(scripts[pathname] ?? '')
    return
  }
  const policy = site.policy && { 'content-security-policy': site.policy }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...policy })
  response.end(page(site.tag, pathname))
}

/** What the shop's own code does. In files, since the strict policy allows nothing inline. */
const scripts: Record<string, string> = {
  '/before.js': `(window.daystar = window.daystar || []).push(['search', 'too early'])`,
  '/consent.js': `(window.daystar = window.daystar || []).push(['consent', true], ['identify', 'C-1'])`,
}

const page = (tag: string, pathname: string) => `<!doctype html>
<meta charset="utf-8"><title>Order of Li Hua</title>
<body style="margin:0">
  <script src="/${pathname === '/consented' ? 'consent' : 'before'}.js"></script>
  ${tag}
  <main id="shop">
    <div><button style="position:absolute;left:100px;top:300px;width:200px;height:40px">Buy for Li Hua</button></div>
    <form><input id="pw" type="password" value="hunter2-secret" style="position:absolute;left:100px;top:400px;width:200px;height:30px">
    <input value="li.hua@example.com" style="position:absolute;left:100px;top:450px;width:200px;height:30px"></form>
    <p data-daystar-ignore style="margin:0;position:absolute;left:100px;top:500px;width:200px">Do not look here</p>
    <a href="/next?token=s3cret" style="position:absolute;left:100px;top:560px;width:200px">Next</a>
    <div style="height:4000px"></div>
  </main>
</body>`
